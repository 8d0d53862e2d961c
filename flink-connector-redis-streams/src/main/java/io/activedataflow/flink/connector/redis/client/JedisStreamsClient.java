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

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions.Mode;
import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;
import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one implementation of {@link RedisStreamsClient}. Whatever thread calls does the work; there
 * is no other.
 */
@Internal
public final class JedisStreamsClient implements RedisStreamsClient {

    private static final Logger LOG = LoggerFactory.getLogger(JedisStreamsClient.class);

    private static final String SCAN_COUNT = "1000";

    private final RedisStreamsConnectionOptions options;
    private final ControlConnections servers;
    private final ControlConnections sentinels;
    private final Topology topology;
    private final MasterCommands masterCommands;
    private final GroupCommands groupCommands;
    private final ReplicaChoice choice = new ReplicaChoice();
    private final AtomicBoolean missingReplicaLogged = new AtomicBoolean();

    /** Connects to nothing yet. */
    public JedisStreamsClient(RedisStreamsConnectionOptions options) {
        this.options = options;
        this.servers = new ControlConnections(ConnectionSettings.ofServers(options));
        this.sentinels = new ControlConnections(ConnectionSettings.ofSentinels(options));
        List<RedisNode> nodes = options.addresses().stream().map(RedisNode::parse).toList();
        this.topology =
                switch (options.mode()) {
                    case STANDALONE -> new StandaloneTopology(nodes.get(0), servers, choice);
                    case SENTINEL ->
                            new SentinelTopology(options.masterName(), nodes, sentinels, choice);
                    case CLUSTER -> new ClusterTopology(nodes, servers, choice);
                };
        this.masterCommands = new MasterCommands(topology, servers);
        this.groupCommands = new GroupCommands(masterCommands);
    }

    @Override
    public Optional<StreamInfo> streamInfo(String streamKey) {
        Object reply;
        try {
            reply = masterCommands.execute(streamKey, Command.XINFO, "STREAM", streamKey);
        } catch (CommandRefusedException e) {
            if (isNoSuchKey(e)) {
                return Optional.empty();
            }
            throw e.classified();
        }
        List<?> fields = RawReply.list(reply);
        List<?> firstEntry = RawReply.list(RawReply.field(fields, "first-entry"));
        Object added = RawReply.field(fields, "entries-added");
        Object maxDeleted = RawReply.field(fields, "max-deleted-entry-id");
        return Optional.of(
                new StreamInfo(
                        RawReply.number(RawReply.requiredField(fields, "length")),
                        RawReply.id(RawReply.requiredField(fields, "last-generated-id")),
                        firstEntry.isEmpty() ? null : RawReply.id(firstEntry.get(0)),
                        added == null ? StreamInfo.UNKNOWN : RawReply.number(added),
                        maxDeleted == null ? null : RawReply.id(maxDeleted)));
    }

    @Override
    public Optional<GroupCursor> groupCursor(String streamKey, String group) {
        Object reply;
        try {
            reply = masterCommands.execute(streamKey, Command.XINFO, "GROUPS", streamKey);
        } catch (CommandRefusedException e) {
            if (isNoSuchKey(e)) {
                return Optional.empty();
            }
            throw e.classified();
        }
        byte[] name = ControlConnections.bytes(group);
        for (Object element : RawReply.list(reply)) {
            List<?> fields = RawReply.list(element);
            if (Arrays.equals(name, (byte[]) RawReply.requiredField(fields, "name"))) {
                Object entriesRead = RawReply.field(fields, "entries-read");
                return Optional.of(
                        new GroupCursor(
                                RawReply.id(RawReply.requiredField(fields, "last-delivered-id")),
                                entriesRead == null
                                        ? StreamInfo.UNKNOWN
                                        : RawReply.number(entriesRead)));
            }
        }
        return Optional.empty();
    }

    private static boolean isNoSuchKey(CommandRefusedException e) {
        return e.error().startsWith("ERR no such key");
    }

    @Override
    public Set<String> scanStreams(String globPattern) {
        // Unlike a command for a key, nothing that is asked here is ever redirected.
        topology.refresh();
        Set<String> keys = new TreeSet<>();
        byte[] pattern = ControlConnections.bytes(globPattern);
        for (RedisNode master : masterCommands.masters()) {
            byte[] cursor = {'0'};
            do {
                List<?> reply =
                        RawReply.list(
                                servers.run(
                                        master,
                                        null,
                                        Command.SCAN,
                                        cursor,
                                        ControlConnections.bytes("MATCH"),
                                        pattern,
                                        ControlConnections.bytes("COUNT"),
                                        ControlConnections.bytes(SCAN_COUNT),
                                        ControlConnections.bytes("TYPE"),
                                        ControlConnections.bytes("stream")));
                cursor = (byte[]) reply.get(0);
                RawReply.list(reply.get(1)).forEach(key -> keys.add(RawReply.key(key)));
            } while (cursor.length != 1 || cursor[0] != '0');
        }
        return keys;
    }

    @Override
    public boolean entryExists(String streamKey, StreamEntryId id) {
        if (id.equals(StreamEntryId.ZERO)) {
            return false;
        }
        Object reply =
                masterCommands.run(
                        streamKey,
                        Command.XREAD,
                        "COUNT",
                        "1",
                        "STREAMS",
                        streamKey,
                        id.predecessor().toString());
        List<?> streams = RawReply.list(reply);
        if (streams.isEmpty()) {
            return false;
        }
        List<?> entries = RawReply.list(RawReply.list(streams.get(0)).get(1));
        return !entries.isEmpty() && RawReply.id(RawReply.list(entries.get(0)).get(0)).equals(id);
    }

    @Override
    public long serverTimeMillis(String streamKey) {
        List<?> time = RawReply.list(masterCommands.run(streamKey, Command.TIME));
        return RawReply.number(time.get(0)) * 1000 + RawReply.number(time.get(1)) / 1000;
    }

    @Override
    public void commitCursor(String streamKey, String group, StreamEntryId id, long entriesRead) {
        groupCommands.commitCursor(streamKey, group, id, entriesRead);
    }

    @Override
    public void createConsumer(String streamKey, String group, String consumer) {
        groupCommands.createConsumer(streamKey, group, consumer);
    }

    @Override
    public RedisNode locate(String streamKey, boolean replica) {
        servers.connector().checkOpen();
        if (!replica) {
            return topology.master(streamKey);
        }
        Optional<RedisNode> found = topology.replica(streamKey);
        if (found.isPresent()) {
            missingReplicaLogged.set(false);
            return found.get();
        }
        RedisNode master = topology.master(streamKey);
        if (missingReplicaLogged.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis server {}, the master of stream '{}', has no replica that works. Reading"
                            + " from the master until one turns up.",
                    master,
                    streamKey);
        }
        return master;
    }

    @Override
    public void refreshTopology() {
        topology.refresh();
    }

    @Override
    public void chooseAnotherReplica() {
        choice.next();
    }

    @Override
    public StreamReadConnection connect(RedisNode node, boolean replica) {
        RedisConnector.Opened opened = servers.connector().open(node);
        if (replica && options.mode() == Mode.CLUSTER) {
            try {
                opened.connection().executeCommand(Command.READONLY);
            } catch (RuntimeException e) {
                RedisConnector.closeQuietly(opened.rawSocket());
                throw RedisErrors.failure(node, "READONLY", null, e);
            }
        }
        return new SocketStreamReadConnection(node, opened);
    }

    @Override
    public RedisStreamsCredentials currentCredentials() {
        return servers.connector().credentials(options.servers());
    }

    @Override
    public void close() {
        servers.close();
        sentinels.close();
    }
}
