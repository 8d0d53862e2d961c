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

import redis.clients.jedis.commands.ProtocolCommand;

import java.util.List;
import java.util.Optional;

/** Runs commands about a stream on its master, wherever that has moved to. Thread-safe. */
@Internal
final class MasterCommands {

    private static final int MAX_REDIRECTS = 5;

    private final Topology topology;
    private final ControlConnections connections;

    MasterCommands(Topology topology, ControlConnections connections) {
        this.topology = topology;
        this.connections = connections;
    }

    List<RedisNode> masters() {
        connections.connector().checkOpen();
        return topology.masters();
    }

    /** Runs a command and classifies every failure, error replies included. */
    Object run(String streamKey, ProtocolCommand command, String... arguments) {
        try {
            return execute(streamKey, command, arguments);
        } catch (CommandRefusedException e) {
            throw e.classified();
        }
    }

    /**
     * Runs a command on the stream's master and follows redirects.
     *
     * @throws CommandRefusedException if the reply is an error that is no redirect
     * @throws RedisStreamsException if anything else fails
     */
    Object execute(String streamKey, ProtocolCommand command, String... arguments) {
        connections.connector().checkOpen();
        byte[][] bytes = toBytes(arguments);
        RedisNode node = topology.master(streamKey);
        boolean asking = false;
        for (int redirects = 0; ; redirects++) {
            try {
                return connections.execute(node, streamKey, asking, command, bytes);
            } catch (RedisStreamsException e) {
                if (e.isRetriable()) {
                    topology.refresh();
                }
                throw e;
            } catch (CommandRefusedException e) {
                String error = e.error();
                Optional<RedisRedirect> redirect = RedisRedirect.parse(error, node);
                if (redirect.isEmpty() || redirects == MAX_REDIRECTS) {
                    if (RedisErrors.kindOfReply(error) == RedisStreamsException.Kind.RETRIABLE) {
                        topology.refresh();
                    }
                    throw e;
                }
                node = redirect.get().target();
                asking = redirect.get().ask();
                if (!asking) {
                    topology.refresh();
                }
            }
        }
    }

    private static byte[][] toBytes(String... arguments) {
        byte[][] bytes = new byte[arguments.length][];
        for (int i = 0; i < arguments.length; i++) {
            bytes[i] = ControlConnections.bytes(arguments[i]);
        }
        return bytes;
    }
}
