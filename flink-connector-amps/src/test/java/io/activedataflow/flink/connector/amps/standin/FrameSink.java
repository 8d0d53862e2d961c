/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps.standin;

import java.io.IOException;

/** Where a replay puts its frames; used by the writer thread only. */
interface FrameSink {

    /** For the next message frame. */
    FrameBuffer buffer();

    /** The message in the buffer is complete. */
    void messageDone() throws IOException;

    /** An acknowledgement that belongs exactly here in the stream. */
    void ack(byte[] frame, String type) throws IOException;

    /** A frame that is neither. */
    void mark(byte[] frame) throws IOException;

    /** Cuts the connection behind what has been put here so far. */
    void cut() throws IOException;
}
