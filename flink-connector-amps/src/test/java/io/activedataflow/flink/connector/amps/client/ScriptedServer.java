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

package io.activedataflow.flink.connector.amps.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that does to its connections, one after the other, what a script says, and no more. */
final class ScriptedServer implements AutoCloseable {

    private static final Pattern COMMAND_ID = Pattern.compile("\"cid\":\"([^\"]*)\"");

    /** What is done with a connection, which is closed afterwards. */
    @FunctionalInterface
    interface Script {
        void play(Peer peer) throws IOException, InterruptedException;
    }

    /** The other end of a connection. */
    final class Peer {

        private final Socket socket;
        private final DataInputStream in;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }

        String readFrame() throws IOException {
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            return new String(frame, StandardCharsets.UTF_8);
        }

        String readCommandId() throws IOException {
            Matcher matcher = COMMAND_ID.matcher(readFrame());
            return matcher.find() ? matcher.group(1) : "";
        }

        void send(String frame) throws IOException {
            byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(bytes.length);
            out.write(bytes);
            out.flush();
        }

        /** Sends bytes as they are, without a length before them. */
        void sendBytes(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Takes the logon and accepts it. */
        void acceptLogon() throws IOException {
            send(
                    "{\"c\":\"ack\",\"cid\":\""
                            + readCommandId()
                            + "\",\"a\":\"processed\",\"status\":\"success\","
                            + "\"version\":\"5.3.5.3\",\"bm\":\"1|0|\",\"s\":0}");
        }

        /** Neither reads nor writes until the server is closed. */
        void freeze() throws InterruptedException {
            closing.await();
        }
    }

    private final ServerSocket listener;
    private final Script script;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "tcp://127.0.0.1:" + listener.getLocalPort() + "/amps/json";
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                sockets.add(socket);
                script.play(new Peer(socket));
            } catch (EOFException | SocketException e) {
                // The client, or close(), has ended it.
            } catch (IOException e) {
                throw new IllegalStateException("The script failed.", e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
