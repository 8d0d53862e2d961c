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

import java.util.Arrays;

/** Applies the injected faults to the frames of one connection; on the writer thread. */
final class FaultyFrames {

    private final Faults faults;
    private final Session session;
    private long written;

    FaultyFrames(Faults faults, Session session) {
        this.faults = faults;
        this.session = session;
    }

    boolean areArmed() {
        return faults.countFrames();
    }

    /**
     * Spoils the last frame in the buffer if it is its turn.
     *
     * @return whether the connection must be cut behind what is then in the buffer
     */
    boolean spoil(FrameBuffer buffer, boolean message) {
        written++;
        int start = buffer.frameStart();
        int length = buffer.size() - start;
        if (message && faults.takeTruncation()) {
            buffer.truncate(start + length / 2);
            return true;
        }
        if (message && faults.takeDuplication()) {
            buffer.append(Arrays.copyOfRange(buffer.array(), start, start + length));
        }
        return faults.takeCut(session.clientName(), message)
                || written == faults.framesPerConnection();
    }
}
