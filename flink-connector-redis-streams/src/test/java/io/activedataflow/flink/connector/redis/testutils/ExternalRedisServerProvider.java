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

import redis.clients.jedis.JedisClientConfig;

import javax.annotation.Nullable;
import javax.net.ssl.SSLContext;

import java.net.URI;
import java.security.NoSuchAlgorithmException;

/**
 * Hands out a server which the user runs. It is neither emptied nor stopped: tests use keys of
 * their own and delete them.
 */
final class ExternalRedisServerProvider implements RedisServerProvider {

    private static final int DEFAULT_PORT = 6379;

    private final Server server;

    /**
     * @throws IllegalStateException if the address is not {@code redis[s]://[[user]:password@]host}
     *     with or without a port
     */
    ExternalRedisServerProvider(URI uri) {
        boolean tls = "rediss".equals(uri.getScheme());
        boolean rootOnly = uri.getPath() == null || uri.getPath().length() <= 1;
        if ((!tls && !"redis".equals(uri.getScheme())) || uri.getHost() == null || !rootOnly) {
            // The address itself may hold a password and is not repeated.
            throw new IllegalStateException(
                    "The address of the external Redis server is not of the form"
                            + " redis[s]://[[user]:password@]host[:port].");
        }
        this.server =
                new Server(
                        uri.getHost(),
                        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                        clientConfig(uri.getUserInfo(), tls));
    }

    private static JedisClientConfig clientConfig(@Nullable String userInfo, boolean tls) {
        String user = null;
        String password = null;
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            user = colon > 0 ? userInfo.substring(0, colon) : null;
            password = userInfo.substring(colon + 1);
        }
        try {
            return ClientConfigs.of(user, password, tls ? SSLContext.getDefault() : null);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no default TLS context.", e);
        }
    }

    @Override
    public RedisServer start() {
        try (RedisCommands redis = server.connect()) {
            redis.ping();
            return server;
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The external Redis server at " + server.address() + " does not answer.", e);
        }
    }

    @Override
    public String description() {
        return "the external server at " + server.address();
    }

    private record Server(String host, int port, JedisClientConfig clientConfig)
            implements RedisServer {

        @Override
        public void close() {
            // It is the user's.
        }

        @Override
        public String toString() {
            return address();
        }
    }
}
