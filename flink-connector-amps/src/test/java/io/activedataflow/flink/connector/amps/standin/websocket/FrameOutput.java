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
import java.util.Arrays;

/**
 * Takes what a server writes over TCP, which is frames of a length, header and body, and sends it
 * to a WebSocket client. The header is one text message and the body another one; nothing says how
 * many there are, the client knows it from the command. Of an answer with several records, each has
 * a header and a body of its own. Seen with the JavaScript client 5.3.4.
 */
final class FrameOutput extends OutputStream {

    private static final int LENGTH_BYTES = 4;

    private final MessageWriter messages;
    private byte[] pending = new byte[0];

    FrameOutput(MessageWriter messages) {
        this.messages = messages;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        byte[] all = Arrays.copyOf(pending, pending.length + length);
        System.arraycopy(array, offset, all, pending.length, length);
        int at = 0;
        while (all.length - at >= LENGTH_BYTES) {
            int end = at + LENGTH_BYTES + length(all, at);
            if (end > all.length) {
                break;
            }
            frame(all, at + LENGTH_BYTES, end);
            at = end;
        }
        pending = Arrays.copyOfRange(all, at, all.length);
    }

    @Override
    public void flush() throws IOException {
        messages.flush();
    }

    private static int length(byte[] array, int at) {
        return (array[at] & 0xFF) << 24
                | (array[at + 1] & 0xFF) << 16
                | (array[at + 2] & 0xFF) << 8
                | array[at + 3] & 0xFF;
    }

    private void frame(byte[] array, int start, int end) throws IOException {
        FrameHeader header = FrameHeader.at(array, start, end);
        text(array, start, header.end());
        if (header.command().equals("sow")) {
            int at = header.end();
            while (at < end) {
                FrameHeader record = FrameHeader.at(array, at, end);
                int endOfBody = Math.min(record.end() + record.length(), end);
                text(array, at, record.end());
                text(array, record.end(), endOfBody);
                at = endOfBody;
            }
        } else if (header.hasBody()) {
            text(array, header.end(), end);
        }
    }

    private void text(byte[] array, int from, int to) throws IOException {
        messages.write(Opcode.TEXT, array, from, to - from);
    }
}
