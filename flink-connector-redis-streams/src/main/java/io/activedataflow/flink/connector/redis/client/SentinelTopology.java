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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A master and its replicas, asked of the sentinels one after the other whenever they are not
 * known. Nothing is subscribed to: a connection that breaks is what tells of a failover.
 */
@Internal
final class SentinelTopology implements Topology {

    private static final ProtocolCommand SENTINEL = () -> ControlConnections.bytes("SENTINEL");

    private final String masterName;
    private final List<RedisNode> sentinels;
    private final ControlConnections connections;
    private final ReplicaChoice choice;
    private volatile RedisNode master;
    private volatile List<RedisNode> replicas;

    /**
     * @param connections connections to the sentinels, not to the servers
     */
    SentinelTopology(
            String masterName,
            List<RedisNode> sentinels,
            ControlConnections connections,
            ReplicaChoice choice) {
        this.masterName = masterName;
        this.sentinels = sentinels;
        this.connections = connections;
        this.choice = choice;
    }

    @Override
    public RedisNode master(String streamKey) {
        RedisNode known = master;
        if (known == null) {
            known = askAny(this::askForMaster);
            master = known;
        }
        return known;
    }

    @Override
    public Optional<RedisNode> replica(String streamKey) {
        List<RedisNode> known = replicas;
        if (known == null) {
            known = askAny(this::askForReplicas);
            // Where there is none, one may turn up.
            replicas = known.isEmpty() ? null : known;
        }
        return choice.of(known);
    }

    @Override
    public List<RedisNode> masters() {
        return List.of(master(""));
    }

    @Override
    public void refresh() {
        master = null;
        replicas = null;
    }

    /** Asks each sentinel in turn until one answers. */
    private <T> T askAny(Function<RedisNode, T> question) {
        List<String> failures = new ArrayList<>();
        RedisStreamsException last = null;
        boolean retriable = false;
        for (RedisNode sentinel : sentinels) {
            try {
                return question.apply(sentinel);
            } catch (RedisStreamsException e) {
                connections.connector().checkOpen();
                failures.add(e.getMessage());
                retriable |= e.isRetriable();
                last = e;
            }
        }
        throw new RedisStreamsException(
                retriable ? RedisStreamsException.Kind.RETRIABLE : RedisStreamsException.Kind.FATAL,
                "None of the sentinels "
                        + sentinels
                        + " could tell the servers of '"
                        + masterName
                        + "': "
                        + String.join(" ", failures),
                last);
    }

    private RedisNode askForMaster(RedisNode sentinel) {
        List<?> address =
                RawReply.list(
                        connections.run(
                                sentinel,
                                null,
                                SENTINEL,
                                ControlConnections.bytes("GET-MASTER-ADDR-BY-NAME"),
                                ControlConnections.bytes(masterName)));
        if (address.size() < 2) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.FATAL,
                    "Sentinel "
                            + sentinel
                            + " does not know a master named '"
                            + masterName
                            + "'. Use the name in its 'sentinel monitor' configuration.",
                    null);
        }
        return new RedisNode(RawReply.text(address.get(0)), (int) RawReply.number(address.get(1)));
    }

    private List<RedisNode> askForReplicas(RedisNode sentinel) {
        Object reply =
                connections.run(
                        sentinel,
                        null,
                        SENTINEL,
                        ControlConnections.bytes("REPLICAS"),
                        ControlConnections.bytes(masterName));
        List<RedisNode> found = new ArrayList<>();
        for (Object replica : RawReply.list(reply)) {
            List<?> fields = RawReply.list(replica);
            String flags = RawReply.text(RawReply.requiredField(fields, "flags"));
            Object link = RawReply.field(fields, "master-link-status");
            if (!flags.contains("down")
                    && !flags.contains("disconnected")
                    && (link == null || RawReply.text(link).equals("ok"))) {
                found.add(
                        new RedisNode(
                                RawReply.text(RawReply.requiredField(fields, "ip")),
                                (int) RawReply.number(RawReply.requiredField(fields, "port"))));
            }
        }
        return found;
    }
}
