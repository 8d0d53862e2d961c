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

import javax.annotation.Nullable;

import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A Redis that exists in memory only. The data plane is {@link FakeDataPlane}. Thread-safe once it
 * is set up.
 */
public final class FakeRedisStreamsClient implements RedisStreamsClient {

    /** Where everything is, unless told otherwise. */
    public static final RedisNode MASTER = new RedisNode("fake", 6379);

    private final Map<String, FakeStream> streams = new TreeMap<>();
    private final Deque<RedisStreamsException> failures = new ConcurrentLinkedDeque<>();
    private final Map<String, RedisStreamsException> failingCalls = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final FakeDataPlane dataPlane = new FakeDataPlane(this);
    private final boolean countsEntries;
    private volatile Predicate<String> scanFilter = key -> true;
    private volatile Runnable beforeCall = () -> {};
    private volatile RedisNode master = MASTER;
    private volatile RedisNode replica = MASTER;
    private volatile RedisStreamsCredentials credentials = RedisStreamsCredentials.NONE;
    private volatile long serverTime;
    private volatile boolean closed;

    private static final class FakeStream {
        private final TreeSet<StreamEntryId> entries = new TreeSet<>();
        private final Map<String, GroupCursor> groups = new HashMap<>();
        private StreamEntryId last = StreamEntryId.ZERO;
        private StreamEntryId maxDeleted = StreamEntryId.ZERO;
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
    public synchronized FakeRedisStreamsClient add(String streamKey, String... ids) {
        FakeStream stream = streams.computeIfAbsent(streamKey, key -> new FakeStream());
        for (String id : ids) {
            stream.last = StreamEntryId.parse(id);
            stream.entries.add(stream.last);
            stream.added++;
        }
        return this;
    }

    public synchronized FakeRedisStreamsClient delete(String streamKey) {
        streams.remove(streamKey);
        return this;
    }

    /** As by {@code XTRIM … MINID}. */
    public synchronized FakeRedisStreamsClient trimBefore(String streamKey, String id) {
        streams.get(streamKey).entries.headSet(StreamEntryId.parse(id)).clear();
        return this;
    }

    /** As by {@code XDEL}. */
    public synchronized FakeRedisStreamsClient deleteEntry(String streamKey, String id) {
        FakeStream stream = streams.get(streamKey);
        StreamEntryId deleted = StreamEntryId.parse(id);
        if (stream.entries.remove(deleted) && deleted.isAfter(stream.maxDeleted)) {
            stream.maxDeleted = deleted;
        }
        return this;
    }

    /** As by a failover to a replica that had missed the entry, which was then written over. */
    public synchronized FakeRedisStreamsClient forgetEntry(String streamKey, String id) {
        streams.get(streamKey).entries.remove(StreamEntryId.parse(id));
        return this;
    }

    /** The entries after a position, as far as the server has them now. */
    synchronized List<StreamEntryId> entriesAfter(String streamKey, StreamEntryId id, int count) {
        FakeStream stream = streams.get(streamKey);
        return stream == null
                ? List.of()
                : stream.entries.tailSet(id, false).stream().limit(count).toList();
    }

    /** Where reads go, and what happens to them. */
    public FakeDataPlane dataPlane() {
        return dataPlane;
    }

    /** From now on all streams are on these nodes. */
    public FakeRedisStreamsClient moveTo(RedisNode newMaster, RedisNode newReplica) {
        master = newMaster;
        replica = newReplica;
        return this;
    }

    public FakeRedisStreamsClient serverTime(long millis) {
        serverTime = millis;
        return this;
    }

    public FakeRedisStreamsClient rotateTo(RedisStreamsCredentials newCredentials) {
        credentials = newCredentials;
        return this;
    }

    public synchronized Optional<GroupCursor> committed(String streamKey, String group) {
        return Optional.ofNullable(streams.get(streamKey).groups.get(group));
    }

    /** The next calls fail with these, one each. */
    public FakeRedisStreamsClient failNext(RedisStreamsException... exceptions) {
        failures.addAll(List.of(exceptions));
        return this;
    }

    /** All such calls, given as in {@link #calls}, fail with this; with null none does any more. */
    public FakeRedisStreamsClient failAll(String call, @Nullable RedisStreamsException exception) {
        if (exception == null) {
            failingCalls.remove(call);
        } else {
            failingCalls.put(call, exception);
        }
        return this;
    }

    /** Runs before each call takes effect, on the thread that calls. */
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
        if (failure == null) {
            failure = failingCalls.get(call);
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Optional<StreamInfo> streamInfo(String streamKey) {
        called("streamInfo " + streamKey);
        return info(streamKey);
    }

    private synchronized Optional<StreamInfo> info(String streamKey) {
        return Optional.ofNullable(streams.get(streamKey))
                .map(
                        s ->
                                new StreamInfo(
                                        s.entries.size(),
                                        s.last,
                                        s.entries.isEmpty() ? null : s.entries.first(),
                                        countsEntries ? s.added : StreamInfo.UNKNOWN,
                                        countsEntries ? s.maxDeleted : null));
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
        synchronized (this) {
            return streams.containsKey(streamKey) && streams.get(streamKey).entries.contains(id);
        }
    }

    @Override
    public long serverTimeMillis(String streamKey) {
        called("serverTimeMillis " + streamKey);
        return serverTime;
    }

    @Override
    public void commitCursor(String streamKey, String group, StreamEntryId id, long entriesRead) {
        called("commitCursor " + streamKey + ' ' + group + ' ' + id);
        synchronized (this) {
            FakeStream stream = streams.get(streamKey);
            if (stream != null) {
                stream.groups.put(
                        group,
                        new GroupCursor(id, countsEntries ? entriesRead : StreamInfo.UNKNOWN));
            }
        }
    }

    @Override
    public void createConsumer(String streamKey, String group, String consumer) {
        called("createConsumer " + streamKey + ' ' + group + ' ' + consumer);
    }

    @Override
    public RedisNode locate(String streamKey, boolean fromReplica) {
        called("locate " + streamKey);
        return fromReplica ? replica : master;
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
    public StreamReadConnection connect(RedisNode node, boolean toReplica) {
        called("connect " + node);
        return dataPlane.connect(node);
    }

    @Override
    public RedisStreamsCredentials currentCredentials() {
        called("currentCredentials");
        return credentials;
    }

    @Override
    public void close() {
        closed = true;
    }
}
