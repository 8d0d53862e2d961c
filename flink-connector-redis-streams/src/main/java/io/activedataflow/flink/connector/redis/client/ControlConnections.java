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

import org.apache.flink.annotation.Internal;

import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import javax.annotation.Nullable;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs single commands on any node, on a small pool of connections for each. Has no thread of its
 * own; thread-safe.
 */
@Internal
final class ControlConnections implements AutoCloseable {

    private static final int CONNECTIONS_PER_NODE = 4;

    private final RedisConnector connector;
    private final GenericObjectPoolConfig<Connection> poolConfig = new GenericObjectPoolConfig<>();
    private final Map<RedisNode, ConnectionPool> pools = new ConcurrentHashMap<>();

    ControlConnections(ConnectionSettings settings) {
        this.connector = new RedisConnector(settings);
        poolConfig.setMaxTotal(CONNECTIONS_PER_NODE);
        poolConfig.setMaxIdle(CONNECTIONS_PER_NODE);
        poolConfig.setMinIdle(0);
        poolConfig.setJmxEnabled(false);
        poolConfig.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        poolConfig.setMaxWait(
                Duration.ofMillis(
                        (long) settings.connectTimeoutMillis() + settings.commandTimeoutMillis()));
    }

    RedisConnector connector() {
        return connector;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What messages call a command: its name and, where it has one, its subcommand. */
    static String name(ProtocolCommand command, byte[]... arguments) {
        String name = new String(command.getRaw(), StandardCharsets.US_ASCII);
        return switch (name) {
            case "XINFO", "XGROUP", "CLUSTER", "SENTINEL" ->
                    name + ' ' + new String(arguments[0], StandardCharsets.US_ASCII);
            default -> name;
        };
    }

    /** Runs a command and classifies every failure, error replies included. */
    Object run(RedisNode node, @Nullable String key, ProtocolCommand command, byte[]... arguments) {
        try {
            return execute(node, key, false, command, arguments);
        } catch (CommandRefusedException e) {
            throw e.classified();
        }
    }

    /**
     * Runs a command, a second time where the connection turns out to have been lost while it lay
     * in the pool: none of the commands of this connector does harm twice.
     *
     * @param asking whether {@code ASKING} goes first
     * @throws CommandRefusedException if the reply is an error
     * @throws RedisStreamsException if anything else fails
     */
    Object execute(
            RedisNode node,
            @Nullable String key,
            boolean asking,
            ProtocolCommand command,
            byte[]... arguments) {
        try {
            return executeOnce(node, asking, command, arguments);
        } catch (JedisDataException e) {
            throw new CommandRefusedException(node, name(command, arguments), key, e);
        } catch (JedisConnectionException e) {
            connector.checkOpen();
            if (e.getCause() instanceof SocketTimeoutException) {
                throw RedisErrors.failure(node, name(command, arguments), key, e);
            }
            pools.get(node).clear();
        } catch (JedisException | IllegalStateException e) {
            connector.checkOpen();
            throw RedisErrors.failure(node, name(command, arguments), key, e);
        }
        try {
            return executeOnce(node, asking, command, arguments);
        } catch (JedisDataException e) {
            throw new CommandRefusedException(node, name(command, arguments), key, e);
        } catch (JedisException | IllegalStateException e) {
            connector.checkOpen();
            throw RedisErrors.failure(node, name(command, arguments), key, e);
        }
    }

    private Object executeOnce(
            RedisNode node, boolean asking, ProtocolCommand command, byte[]... arguments) {
        connector.checkOpen();
        // Goes back to the pool, or is closed if it broke.
        try (Connection connection = pool(node).getResource()) {
            if (asking) {
                connection.executeCommand(Protocol.Command.ASKING);
            }
            CommandArguments request = new CommandArguments(command);
            for (byte[] argument : arguments) {
                request.add(argument);
            }
            return connection.executeCommand(request);
        }
    }

    private ConnectionPool pool(RedisNode node) {
        ConnectionPool pool =
                pools.computeIfAbsent(
                        node, n -> new ConnectionPool(new PooledConnections(n), poolConfig));
        if (connector.isClosed()) {
            pool.close();
        }
        return pool;
    }

    @Override
    public void close() {
        connector.close();
        pools.values().forEach(ConnectionPool::close);
    }

    /** The life of a pooled connection. */
    private final class PooledConnections implements PooledObjectFactory<Connection> {

        private final RedisNode node;

        PooledConnections(RedisNode node) {
            this.node = node;
        }

        @Override
        public PooledObject<Connection> makeObject() {
            return new DefaultPooledObject<>(connector.open(node).connection());
        }

        @Override
        public void destroyObject(PooledObject<Connection> pooled) {
            pooled.getObject().disconnect();
        }

        @Override
        public boolean validateObject(PooledObject<Connection> pooled) {
            return pooled.getObject().isConnected() && !pooled.getObject().isBroken();
        }

        @Override
        public void activateObject(PooledObject<Connection> pooled) {}

        @Override
        public void passivateObject(PooledObject<Connection> pooled) {}
    }
}
