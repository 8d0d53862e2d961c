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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The commands of a WebSocket client as they would come over TCP: a length, header and body.
 *
 * <p>The first message of the client is the text {@code text}. Each command then is a binary
 * message with the number of its parts, 1 or 2, in four bytes of which the first one counts least;
 * then the header; then the body if there are two parts. Seen with the JavaScript client 5.3.4.
 */
final class CommandInput extends InputStream {

    private static final byte[] MODE = "text".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private final MessageReader messages;
    private boolean opened;
    private volatile String path;
    private ByteBuffer command = ByteBuffer.allocate(0);

    CommandInput(InputStream in, OutputStream out, MessageReader messages) {
        this.in = in;
        this.out = out;
        this.messages = messages;
    }

    /** The path the client asked for, null before anything was read. */
    String path() {
        return path;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? command.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int read = Math.min(length, command.remaining());
        command.get(array, offset, read);
        return read;
    }

    private boolean hasMore() throws IOException {
        if (command.hasRemaining()) {
            return true;
        }
        if (!opened && !open()) {
            return false;
        }
        MessageReader.Message count = messages.next();
        if (count == null) {
            return false;
        }
        int parts = parts(count);
        byte[] header = part();
        byte[] body = parts == 2 ? part() : new byte[0];
        command = ByteBuffer.allocate(4 + header.length + body.length);
        command.putInt(header.length + body.length).put(header).put(body).flip();
        return true;
    }

    private boolean open() throws IOException {
        path = HttpUpgrade.accept(in, out);
        MessageReader.Message mode = messages.next();
        if (mode == null) {
            return false;
        }
        if (!Arrays.equals(mode.payload(), MODE)) {
            throw new IOException("The WebSocket client does not ask for the mode 'text'.");
        }
        opened = true;
        return true;
    }

    private static int parts(MessageReader.Message count) throws IOException {
        byte[] payload = count.payload();
        int parts =
                count.kind() == Opcode.BINARY && payload.length == 4
                        ? ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt()
                        : 0;
        if (parts != 1 && parts != 2) {
            throw new IOException("A command over WebSocket does not say how many parts it has.");
        }
        return parts;
    }

    private byte[] part() throws IOException {
        MessageReader.Message part = messages.next();
        if (part == null) {
            throw new IOException("A command over WebSocket is cut off.");
        }
        return part.payload();
    }
}
