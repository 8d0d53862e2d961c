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

package io.activedataflow.flink.connector.amps.standin.websocket;

import java.io.IOException;
import java.io.OutputStream;

/** Writes WebSocket messages to a client. Thread-safe: reader and writer of a session use it. */
final class MessageWriter {

    private final OutputStream out;
    private boolean closed;

    MessageWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a whole message, or a frame about the connection; nothing after the closing one. */
    synchronized void write(Opcode opcode, byte[] array, int offset, int length)
            throws IOException {
        if (closed) {
            return;
        }
        out.write(0x80 | opcode.code());
        if (length < 126) {
            out.write(length);
        } else if (length <= 0xFFFF) {
            out.write(126);
            out.write(length >>> 8);
            out.write(length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) length >>> shift));
            }
        }
        out.write(array, offset, length);
        if (opcode.isControl()) {
            out.flush();
        }
    }

    /** Writes the closing frame. */
    synchronized void close(byte[] reason) throws IOException {
        write(Opcode.CLOSE, reason, 0, reason.length);
        closed = true;
    }

    synchronized void flush() throws IOException {
        out.flush();
    }
}
