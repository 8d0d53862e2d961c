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

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection of a WebSocket client that looks like one over TCP: the frames of both directions,
 * each a length, a header and a body, come from {@link #input} and go to {@link #output}. The
 * opening handshake is done when the input is first read, so that whoever accepts connections need
 * not wait for it; nothing may be written before.
 *
 * <p>One thread may read while another one writes.
 */
public final class WebSocketConnection implements Closeable {

    private final Socket socket;
    private final CommandInput input;
    private final OutputStream output;

    /** The connection over an accepted socket, of which nothing has been read. */
    public WebSocketConnection(Socket socket) throws IOException {
        this.socket = socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        MessageWriter writer = new MessageWriter(out);
        this.input = new CommandInput(in, out, new MessageReader(in, writer));
        this.output = new FrameOutput(writer);
    }

    /** The commands of the client. */
    public InputStream input() {
        return input;
    }

    /**
     * The message type that the client has asked for by the last part of the path, such as {@code
     * /amps/json}, because it does not say it at logon; null before the input has been read.
     */
    public String messageType() {
        String path = input.path();
        return path == null ? null : path.substring(path.lastIndexOf('/') + 1);
    }

    /** What the server has to say. */
    public OutputStream output() {
        return output;
    }

    /** Closes the socket; the client sees a connection that broke. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
