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

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the messages of a WebSocket client. Not thread-safe. */
final class MessageReader {

    /** The largest message of AMPS. */
    private static final long MAX_MESSAGE = 200 << 20;

    private final DataInputStream in;
    private final MessageWriter answers;

    MessageReader(InputStream in, MessageWriter answers) {
        this.in = new DataInputStream(in);
        this.answers = answers;
    }

    /** A text or binary message, all its parts together. */
    record Message(Opcode kind, byte[] payload) {}

    /**
     * The next message. Answers what is about the connection on the way.
     *
     * @return null once the client has closed the connection
     */
    Message next() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        Opcode kind = null;
        while (true) {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            Opcode opcode = Opcode.of(first & 0x0F);
            if (opcode == null || (first & 0x70) != 0) {
                throw new IOException("Not a WebSocket frame: " + Integer.toHexString(first));
            }
            byte[] payload = payload(parts.size());
            if (opcode == Opcode.CLOSE) {
                answers.close(payload);
                return null;
            } else if (opcode == Opcode.PING) {
                answers.write(Opcode.PONG, payload, 0, payload.length);
            } else if (!opcode.isControl()) {
                if ((kind == null) == (opcode == Opcode.CONTINUATION)) {
                    throw new IOException("A WebSocket message has its parts in a wrong order.");
                }
                kind = kind == null ? opcode : kind;
                parts.writeBytes(payload);
                if ((first & 0x80) != 0) {
                    return new Message(kind, parts.toByteArray());
                }
            }
        }
    }

    private byte[] payload(int before) throws IOException {
        int second = in.read();
        if (second < 0) {
            throw new EOFException("A WebSocket frame is cut off.");
        }
        if ((second & 0x80) == 0) {
            throw new IOException("A WebSocket frame of a client is not masked.");
        }
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (length < 0 || before + length > MAX_MESSAGE) {
            throw new IOException("A WebSocket message of " + Long.toUnsignedString(length));
        }
        byte[] mask = new byte[4];
        in.readFully(mask);
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }
}
