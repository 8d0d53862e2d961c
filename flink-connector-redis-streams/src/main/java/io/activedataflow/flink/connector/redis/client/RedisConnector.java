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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;

import org.apache.flink.annotation.Internal;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens connections: connected, encrypted, authenticated, named and with their database selected,
 * all by the Redis client. Knows their sockets, so that closing it ends whatever waits for them.
 * Thread-safe.
 */
@Internal
final class RedisConnector implements AutoCloseable {

    /** A connection together with its socket, for those who read it themselves. */
    record Opened(Connection connection, Socket socket, Socket rawSocket) {}

    private final ConnectionSettings settings;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private SSLContext tlsContext;
    private volatile boolean closed;

    RedisConnector(ConnectionSettings settings) {
        this.settings = settings;
    }

    /** Connects; blocks for at most the time-outs. */
    Opened open(RedisNode node) {
        checkOpen();
        SocketSource source = new SocketSource(node, config(node));
        try {
            Connection connection = new Connection(source, source.config);
            if (!connection.isConnected()) {
                connection.connect();
            }
            return new Opened(connection, source.socket, source.rawSocket);
        } catch (RuntimeException e) {
            source.discard();
            checkOpen();
            throw RedisErrors.failure(node, source.doing, null, e);
        }
    }

    RedisStreamsCredentials credentials(String server) {
        try {
            return settings.credentials().get();
        } catch (Exception e) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.RETRIABLE,
                    "The credentials provider "
                            + settings.credentials()
                            + " has no credentials for "
                            + server
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Throws if {@link #close} was called. */
    void checkOpen() {
        if (closed) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.RETRIABLE,
                    "The Redis client was closed while it was in use, because the task ends.",
                    null);
        }
    }

    /** Closes all sockets, at once and without waiting for the servers. */
    @Override
    public void close() {
        closed = true;
        sockets.forEach(RedisConnector::closeQuietly);
        sockets.clear();
    }

    // What would replace the deprecated setters takes no SSLContext, and so no PEM files.
    @SuppressWarnings("deprecation")
    private DefaultJedisClientConfig config(RedisNode node) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        .resp2()
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .clientName(settings.clientName())
                        .connectionTimeoutMillis(settings.connectTimeoutMillis())
                        .socketTimeoutMillis(settings.commandTimeoutMillis())
                        .database(settings.database());
        RedisStreamsCredentials credentials = credentials(node.toString());
        if (credentials.password() != null) {
            config.user(credentials.user()).password(credentials.password());
        }
        if (settings.tls() != null) {
            SSLParameters parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm(
                    settings.tls().verifyHostname() ? "HTTPS" : "");
            config.ssl(true).sslParameters(parameters);
        }
        return config.build();
    }

    private synchronized SSLContext tlsContext() {
        if (tlsContext == null) {
            tlsContext = TlsContexts.create(settings.tls());
        }
        return tlsContext;
    }

    private void track(Socket socket) {
        sockets.removeIf(Socket::isClosed);
        sockets.add(socket);
        if (closed) {
            closeQuietly(socket);
            checkOpen();
        }
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no further use either way.
        }
    }

    /** Makes the one socket of a connection and remembers it. */
    private final class SocketSource implements JedisSocketFactory {

        private final RedisNode node;
        private final DefaultJedisClientConfig config;
        private Socket socket;
        private Socket rawSocket;
        private String doing = "Connecting";

        SocketSource(RedisNode node, DefaultJedisClientConfig config) {
            this.node = node;
            this.config = config;
        }

        // The socket itself is needed, which only a factory of sockets can catch.
        @SuppressWarnings("deprecation")
        @Override
        public Socket createSocket() {
            HostAndPort address = new HostAndPort(node.host(), node.port());
            if (settings.tls() == null) {
                socket = new DefaultJedisSocketFactory(address, config).createSocket();
                rawSocket = socket;
                track(rawSocket);
                return socket;
            }
            CapturingSslSocketFactory capturing =
                    new CapturingSslSocketFactory(tlsContext().getSocketFactory());
            DefaultJedisClientConfig withTls =
                    DefaultJedisClientConfig.builder()
                            .from(config)
                            .sslSocketFactory(capturing)
                            .build();
            Socket wrapped = new DefaultJedisSocketFactory(address, withTls).createSocket();
            socket = capturing.encrypted();
            rawSocket = capturing.raw();
            track(rawSocket);
            doing = RedisErrors.TLS_HANDSHAKE;
            try {
                ((SSLSocket) socket).startHandshake();
                doing = "Connecting";
            } catch (IOException e) {
                throw new JedisConnectionException("TLS handshake failed", e);
            }
            return wrapped;
        }

        void discard() {
            if (rawSocket != null) {
                closeQuietly(rawSocket);
                sockets.remove(rawSocket);
            }
        }
    }
}
