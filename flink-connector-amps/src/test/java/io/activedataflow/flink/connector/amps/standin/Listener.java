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

import javax.net.ssl.SSLServerSocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Accepts connections on one port, in a thread of its own. */
final class Listener implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Broker broker;
    private final ServerSocket server;
    private final boolean webSocket;
    private final Thread thread;
    private final AtomicLong connections = new AtomicLong();

    private Listener(Broker broker, ServerSocket server, boolean webSocket) {
        this.broker = broker;
        this.server = server;
        this.webSocket = webSocket;
        this.thread =
                new Thread(this::accept, "amps-standin-" + broker.settings().name() + "-accept");
        thread.setDaemon(true);
    }

    /**
     * Starts to listen.
     *
     * @param address with port 0 for any
     * @param webSocket whether frames are carried in WebSocket messages
     */
    static Listener start(Broker broker, InetSocketAddress address, boolean webSocket) {
        try {
            ServerSocket server = socket(broker.settings());
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
            Listener listener = new Listener(broker, server, webSocket);
            listener.thread.start();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + address + '.', e);
        }
    }

    private static ServerSocket socket(Settings settings) throws IOException {
        if (settings.tls() == null) {
            return new ServerSocket();
        }
        SSLServerSocket encrypted =
                (SSLServerSocket) settings.tls().getServerSocketFactory().createServerSocket();
        encrypted.setNeedClientAuth(settings.demandsCertificates());
        return encrypted;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Stops listening; open connections stay. */
    @Override
    public void close() {
        try {
            server.close();
            // As long as it is in accept, the system goes on taking connections.
            thread.join(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Session session = session(socket);
                broker.entered(session);
                session.start();
                if (server.isClosed()) {
                    session.close("server stopped");
                }
            } catch (IOException e) {
                // Either the server was stopped or a client has gone away already.
            }
        }
    }

    private Session session(Socket socket) throws IOException {
        FrameChannel channel =
                webSocket ? FrameChannel.webSocket(socket) : FrameChannel.tcp(socket);
        return new Session(broker, channel, connections.incrementAndGet());
    }
}
