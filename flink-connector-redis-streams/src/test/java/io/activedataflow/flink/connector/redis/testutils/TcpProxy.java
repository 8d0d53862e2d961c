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

package io.activedataflow.flink.connector.redis.testutils;

import javax.annotation.Nullable;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on loopback that makes a network fail on demand, and that speaks TLS to its clients
 * if asked to.
 *
 * <p>Threads: one accepts, two forward for each connection, one per direction. All methods may be
 * called by any thread. {@link #close()} ends all connections and threads.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int PORT_ATTEMPTS = 10;

    private final int port;
    private final Listening listening;
    private final InetSocketAddress target;
    private final ProxyFaults faults = new ProxyFaults();
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger failedHandshakes = new AtomicInteger();
    @Nullable private ServerSocket server;
    private Thread acceptor;

    private TcpProxy(InetSocketAddress target, ServerSocketFactory sockets, boolean clientAuth) {
        this.target = target;
        this.listening = new Listening(sockets, clientAuth);
        this.server = bindSomewhere(listening);
        this.port = server.getLocalPort();
        this.acceptor = startAccepting(server);
    }

    /** Forwards to the server, plain. */
    public static TcpProxy to(RedisServer server) {
        return to(server.host(), server.port());
    }

    /** Forwards to the address, plain. */
    public static TcpProxy to(String host, int port) {
        return new TcpProxy(
                new InetSocketAddress(host, port), ServerSocketFactory.getDefault(), false);
    }

    /**
     * Speaks TLS to clients and forwards to the server in plain text.
     *
     * @param identity the server's side, see {@link TestCertificates#context}
     * @param demandClientCertificate whether clients without a trusted certificate are refused
     */
    public static TcpProxy tls(
            RedisServer server, SSLContext identity, boolean demandClientCertificate) {
        return new TcpProxy(
                new InetSocketAddress(server.host(), server.port()),
                identity.getServerSocketFactory(),
                demandClientCertificate);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** {@code host:port} of the proxy. */
    public String address() {
        return host() + ':' + port;
    }

    /** Resets all present connections; new ones are served. Returns how many there were. */
    public int cutAll() {
        int cut = 0;
        for (ProxyConnection connection : connections) {
            if (connection.cut()) {
                cut++;
            }
        }
        return cut;
    }

    /** Lets new connections fail with "connection refused"; present ones go on. */
    public synchronized void refuse() {
        ServerSocket open = server;
        server = null;
        if (open != null) {
            closeAndJoin(open);
        }
    }

    /** Serves new connections again after {@link #refuse()}, on the same port. */
    public synchronized void accept() {
        if (server == null) {
            try {
                server = listening.bind(port);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot listen on port " + port + " again.", e);
            }
            acceptor = startAccepting(server);
        }
    }

    /** Forwards nothing in either direction, with all sockets open, until {@link #resume()}. */
    public void stall() {
        faults.stall(true, true);
    }

    /** Forwards requests, but no replies, until {@link #resume()}. */
    public void stallReplies() {
        faults.stall(false, true);
    }

    /** Goes on after a stall; nothing was lost. */
    public void resume() {
        faults.stall(false, false);
    }

    /**
     * Limits every connection to this many bytes per second in each direction, forwarded in pieces
     * of up to 16 KiB; 0 is no limit.
     */
    public void throttle(long bytesPerSecond) {
        faults.throttle(bytesPerSecond);
    }

    /**
     * Cuts the next connection that forwards so many more reply bytes, counted over all connections
     * from now on, exactly after that byte. Works once.
     */
    public void cutAfterReplyBytes(long bytes) {
        faults.cutAfterReplyBytes(bytes);
    }

    /** How many connections were accepted so far. */
    public int acceptedConnections() {
        return accepted.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return connections.size();
    }

    /** How many TLS handshakes failed so far. */
    public int failedHandshakes() {
        return failedHandshakes.get();
    }

    /** Bytes forwarded from clients to the server so far. */
    public long requestBytes() {
        return faults.requestBytes();
    }

    /** Bytes forwarded from the server to clients so far. */
    public long replyBytes() {
        return faults.replyBytes();
    }

    @Override
    public void close() {
        refuse();
        cutAll();
        resume();
        for (ProxyConnection connection : connections) {
            connection.awaitEnd();
        }
    }

    private Thread startAccepting(ServerSocket socket) {
        Thread thread = new Thread(() -> acceptAll(socket), "proxy-accept-" + port);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                accepted.incrementAndGet();
                ProxyConnection connection =
                        new ProxyConnection(client, target, faults, failedHandshakes);
                connections.add(connection);
                connection.start(() -> connections.remove(connection));
                if (socket.isClosed()) {
                    // refuse() came between; it promised that nothing new is served.
                    connection.cut();
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static ServerSocket bindSomewhere(Listening listening) {
        for (int attempt = 1; ; attempt++) {
            try {
                return listening.bind(FreePort.pick());
            } catch (IOException e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw new UncheckedIOException("No port for a proxy.", e);
                }
            }
        }
    }

    private void closeAndJoin(ServerSocket socket) {
        try {
            socket.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a proxy stopped accepting.", e);
        }
    }

    /** How the proxy listens. */
    private record Listening(ServerSocketFactory sockets, boolean clientAuth) {

        ServerSocket bind(int port) throws IOException {
            ServerSocket socket = sockets.createServerSocket();
            if (socket instanceof SSLServerSocket tls) {
                tls.setNeedClientAuth(clientAuth);
            }
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }
    }
}
