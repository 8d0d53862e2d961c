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
import io.activedataflow.flink.connector.redis.StreamEntryId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The control plane of a Redis that exists in memory only. Not thread-safe. */
public final class FakeRedisStreamsClient implements RedisStreamsClient {

    private final Map<String, FakeStream> streams = new TreeMap<>();
    private final Deque<RedisStreamsException> failures = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final boolean countsEntries;
    private Predicate<String> scanFilter = key -> true;
    private Runnable beforeCall = () -> {};
    private boolean closed;

    private static final class FakeStream {
        private final TreeSet<StreamEntryId> entries = new TreeSet<>();
        private final Map<String, GroupCursor> groups = new HashMap<>();
        private StreamEntryId last = StreamEntryId.ZERO;
        private long added;
    }

    private FakeRedisStreamsClient(boolean countsEntries) {
        this.countsEntries = countsEntries;
    }

    /** As from Redis 7.0 on, where the server counts entries. */
    public static FakeRedisStreamsClient modern() {
        return new FakeRedisStreamsClient(true);
    }

    /** As before Redis 7.0. */
    public static FakeRedisStreamsClient beforeSeven() {
        return new FakeRedisStreamsClient(false);
    }

    /** Creates the stream if need be and adds entries of these IDs. */
    public FakeRedisStreamsClient add(String streamKey, String... ids) {
        FakeStream stream = streams.computeIfAbsent(streamKey, key -> new FakeStream());
        for (String id : ids) {
            stream.last = StreamEntryId.parse(id);
            stream.entries.add(stream.last);
            stream.added++;
        }
        return this;
    }

    public FakeRedisStreamsClient delete(String streamKey) {
        streams.remove(streamKey);
        return this;
    }

    /** The next calls fail with these, one each. */
    public FakeRedisStreamsClient failNext(RedisStreamsException... exceptions) {
        failures.addAll(List.of(exceptions));
        return this;
    }

    /** Runs before each call takes effect. */
    public FakeRedisStreamsClient beforeCall(Runnable action) {
        beforeCall = action;
        return this;
    }

    /** Only such keys come back from a scan. */
    public FakeRedisStreamsClient scanFilter(Predicate<String> filter) {
        scanFilter = filter;
        return this;
    }

    /** The calls so far, as {@code method argument}. */
    public List<String> calls() {
        return calls;
    }

    public boolean isClosed() {
        return closed;
    }

    private void called(String call) {
        calls.add(call);
        beforeCall.run();
        if (closed) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.RETRIABLE, "The client is closed.", null);
        }
        RedisStreamsException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Optional<StreamInfo> streamInfo(String streamKey) {
        called("streamInfo " + streamKey);
        return Optional.ofNullable(streams.get(streamKey))
                .map(
                        s ->
                                new StreamInfo(
                                        s.entries.size(),
                                        s.last,
                                        s.entries.isEmpty() ? null : s.entries.first(),
                                        countsEntries ? s.added : StreamInfo.UNKNOWN,
                                        countsEntries ? StreamEntryId.ZERO : null));
    }

    @Override
    public Optional<GroupCursor> groupCursor(String streamKey, String group) {
        called("groupCursor " + streamKey + ' ' + group);
        return Optional.ofNullable(streams.get(streamKey)).map(s -> s.groups.get(group));
    }

    /** The pattern is only recorded: which keys come back is up to {@link #scanFilter}. */
    @Override
    public Set<String> scanStreams(String globPattern) {
        called("scanStreams " + globPattern);
        Set<String> keys = new LinkedHashSet<>(streams.keySet());
        keys.removeIf(scanFilter.negate());
        return keys;
    }

    @Override
    public boolean entryExists(String streamKey, StreamEntryId id) {
        called("entryExists " + streamKey + ' ' + id);
        return streams.containsKey(streamKey) && streams.get(streamKey).entries.contains(id);
    }

    @Override
    public long serverTimeMillis(String streamKey) {
        called("serverTimeMillis " + streamKey);
        return 0L;
    }

    @Override
    public void commitCursor(String streamKey, String group, StreamEntryId id, long entriesRead) {
        called("commitCursor " + streamKey + ' ' + group + ' ' + id);
        FakeStream stream = streams.get(streamKey);
        if (stream != null) {
            stream.groups.put(
                    group,
                    new GroupCursor(id, countsEntries ? entriesRead : StreamInfo.UNKNOWN));
        }
    }

    @Override
    public void createConsumer(String streamKey, String group, String consumer) {
        called("createConsumer " + streamKey + ' ' + group + ' ' + consumer);
    }

    @Override
    public RedisNode locate(String streamKey, boolean replica) {
        called("locate " + streamKey);
        return new RedisNode("fake", 6379);
    }

    @Override
    public void refreshTopology() {
        called("refreshTopology");
    }

    @Override
    public void chooseAnotherReplica() {
        called("chooseAnotherReplica");
    }

    @Override
    public StreamReadConnection connect(RedisNode node, boolean replica) {
        throw new UnsupportedOperationException("This fake has no data plane.");
    }

    @Override
    public RedisStreamsCredentials currentCredentials() {
        return RedisStreamsCredentials.NONE;
    }

    @Override
    public void close() {
        closed = true;
    }
}
