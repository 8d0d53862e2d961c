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

import io.activedataflow.flink.connector.amps.standin.websocket.WebSocketConnection;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What carries the frames of one connection. Whatever it is, both streams have the form of TCP:
 * each frame is its length, a header and a body.
 */
final class FrameChannel implements Closeable {

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private final Supplier<String> messageType;

    private FrameChannel(
            Socket socket, InputStream input, OutputStream output, Supplier<String> messageType) {
        this.socket = socket;
        this.input = input;
        this.output = output;
        this.messageType = messageType;
    }

    static FrameChannel tcp(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        return new FrameChannel(
                socket, new HttpPreflight(socket.getInputStream(), out), out, () -> null);
    }

    static FrameChannel webSocket(Socket socket) throws IOException {
        WebSocketConnection connection = new WebSocketConnection(socket);
        return new FrameChannel(
                socket, connection.input(), connection.output(), connection::messageType);
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    /** The message type of a client that says none at logon; null if it must say it. */
    String messageType() {
        return messageType.get();
    }

    /** Lets a read fail once the client has been silent for so long. */
    void tolerateSilence(Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
    }

    /** Closes the connection without a word to the client. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
