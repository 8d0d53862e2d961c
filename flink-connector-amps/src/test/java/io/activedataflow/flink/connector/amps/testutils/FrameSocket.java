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

package io.activedataflow.flink.connector.amps.testutils;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks the framing of the {@code amps} protocol and nothing else, to see what is on the wire. */
public final class FrameSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private FrameSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    /** Connects to a port of this machine. */
    public static FrameSocket connect(int port) throws IOException {
        return new FrameSocket(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** As {@link #connect}, and logs on without looking at the answer. */
    public static FrameSocket loggedOn(int port, String clientName) throws IOException {
        FrameSocket socket = connect(port);
        socket.send(
                "{\"c\":\"logon\",\"cid\":\"logon\",\"client_name\":\""
                        + clientName
                        + "\",\"a\":\"processed\",\"v\":\"5.3.5.3:java\",\"mt\":\"json\"}");
        socket.receive();
        return socket;
    }

    /** Sends header and body as one frame. */
    public void send(String frame) throws IOException {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    /** Sends bytes as they are, without a length before them. */
    public void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Header and body of the next frame; fails at the end of the stream. */
    public String receive() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return new String(frame, StandardCharsets.UTF_8);
    }

    /** Whether nothing but the end of the stream comes, with a broken frame at most. */
    public boolean isAtEnd() throws IOException {
        try {
            receive();
            return false;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
