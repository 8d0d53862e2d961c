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

import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.JedisClusterCRC16;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The nodes of a cluster and their slots, asked of any node that answers. */
@Internal
final class ClusterTopology implements Topology {

    private static final int SLOTS = 16384;

    /** A master and its replicas. */
    private record Shard(RedisNode master, List<RedisNode> replicas) {}

    /** One answer to {@code CLUSTER SLOTS}. */
    private record Layout(Shard[] bySlot, Set<RedisNode> masters, Set<RedisNode> nodes) {}

    private final List<RedisNode> seeds;
    private final ControlConnections connections;
    private final ReplicaChoice choice;

    /** Nodes that were part of the cluster when it was last asked; the seeds may be long gone. */
    private volatile Set<RedisNode> lastKnown = Set.of();

    /** Asked first, for each node that is down costs a time-out. */
    private volatile @Nullable RedisNode lastAnswered;

    private volatile Layout layout;

    ClusterTopology(List<RedisNode> seeds, ControlConnections connections, ReplicaChoice choice) {
        this.seeds = seeds;
        this.connections = connections;
        this.choice = choice;
    }

    @Override
    public RedisNode master(String streamKey) {
        return shard(streamKey).master();
    }

    @Override
    public Optional<RedisNode> replica(String streamKey) {
        if (shard(streamKey).replicas().isEmpty()) {
            // One may have turned up.
            layout = null;
        }
        return choice.of(shard(streamKey).replicas());
    }

    @Override
    public List<RedisNode> masters() {
        return List.copyOf(layout().masters());
    }

    @Override
    public void refresh() {
        layout = null;
    }

    private Shard shard(String streamKey) {
        int slot = JedisClusterCRC16.getSlot(ControlConnections.bytes(streamKey));
        Shard shard = layout().bySlot()[slot];
        if (shard == null) {
            refresh();
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.RETRIABLE,
                    "No node of the cluster serves slot "
                            + slot
                            + " of key '"
                            + streamKey
                            + "'. If this lasts, repair the cluster ('redis-cli --cluster fix').",
                    null);
        }
        return shard;
    }

    private Layout layout() {
        Layout known = layout;
        if (known == null) {
            known = ask();
            layout = known;
            lastKnown = known.nodes();
        }
        return known;
    }

    private Layout ask() {
        Set<RedisNode> candidates = new LinkedHashSet<>();
        if (lastAnswered != null && lastKnown.contains(lastAnswered)) {
            candidates.add(lastAnswered);
        }
        candidates.addAll(lastKnown);
        candidates.addAll(seeds);
        List<String> failures = new ArrayList<>();
        RedisStreamsException last = null;
        boolean retriable = false;
        for (RedisNode node : candidates) {
            try {
                Layout told =
                        parse(
                                node,
                                connections.run(
                                        node,
                                        null,
                                        Protocol.Command.CLUSTER,
                                        ControlConnections.bytes("SLOTS")));
                lastAnswered = node;
                return told;
            } catch (RedisStreamsException e) {
                connections.connector().checkOpen();
                failures.add(e.getMessage());
                retriable |= e.isRetriable();
                last = e;
            }
        }
        throw new RedisStreamsException(
                retriable ? RedisStreamsException.Kind.RETRIABLE : RedisStreamsException.Kind.FATAL,
                "None of the nodes "
                        + candidates
                        + " could tell the slots of the cluster: "
                        + String.join(" ", failures),
                last);
    }

    private static Layout parse(RedisNode answeredBy, Object reply) {
        Shard[] bySlot = new Shard[SLOTS];
        Set<RedisNode> masters = new LinkedHashSet<>();
        Set<RedisNode> nodes = new LinkedHashSet<>();
        for (Object element : RawReply.list(reply)) {
            List<?> range = RawReply.list(element);
            List<RedisNode> shardNodes = new ArrayList<>();
            for (Object node : range.subList(2, range.size())) {
                shardNodes.add(node(answeredBy, RawReply.list(node)));
            }
            RedisNode master = shardNodes.get(0);
            Shard shard = new Shard(master, List.copyOf(shardNodes.subList(1, shardNodes.size())));
            masters.add(master);
            nodes.addAll(shardNodes);
            int to = (int) RawReply.number(range.get(1));
            for (int slot = (int) RawReply.number(range.get(0)); slot <= to; slot++) {
                bySlot[slot] = shard;
            }
        }
        return new Layout(bySlot, masters, nodes);
    }

    /** A host that is empty, nil or unknown to the node stands for the node's own. */
    private static RedisNode node(RedisNode answeredBy, List<?> address) {
        String host = address.get(0) == null ? "" : RawReply.text(address.get(0));
        return new RedisNode(
                host.isEmpty() || host.equals("?") ? answeredBy.host() : host,
                (int) RawReply.number(address.get(1)));
    }
}
