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

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.StreamReadConnection.Reply;

import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The connections to a {@link FakeRedisStreamsClient} on which entries are read, what was asked on
 * them, and what happens instead of an answer.
 */
public final class FakeDataPlane {

    /**
     * A request.
     *
     * @param streams the streams with the positions to read after, as {@code key@id}
     */
    public record Request(
            RedisNode node, List<String> streams, int count, int blockMillis, boolean asking) {}

    /** What happens when a reply is waited for. */
    public interface Event {

        /**
         * Returns the reply, or null if none comes in time; or throws, which ends the connection.
         */
        Reply happen(FakeStreamReadConnection connection, EntryBuffer buffer);
    }

    private final FakeRedisStreamsClient server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<FakeStreamReadConnection> connections = new CopyOnWriteArrayList<>();
    private final Set<RedisNode> dead = ConcurrentHashMap.newKeySet();
    private final Set<RedisNode> lagging = ConcurrentHashMap.newKeySet();
    private final Deque<Event> events = new ConcurrentLinkedDeque<>();
    private volatile Runnable afterPoll = () -> {};
    private volatile int entryBytes = 10;

    FakeDataPlane(FakeRedisStreamsClient server) {
        this.server = server;
    }

    // ------------------------------------------------------------------------ scripting

    /** These happen next, one at each wait for a reply; then replies come again. */
    public FakeDataPlane next(Event... happenings) {
        events.addAll(Arrays.asList(happenings));
        return this;
    }

    public static Event answer() {
        return FakeStreamReadConnection::answer;
    }

    public static Event error(String text) {
        return (connection, buffer) -> connection.refuse(text);
    }

    /** Nothing arrives. */
    public static Event silence() {
        return (connection, buffer) -> null;
    }

    public static Event lost() {
        return (connection, buffer) -> {
            throw connection.lost();
        };
    }

    /** Part of a reply arrives, and then nothing more. */
    public static Event lostHalfway() {
        return (connection, buffer) -> {
            connection.answerHalf(buffer);
            throw connection.lost();
        };
    }

    /** First this, then what would happen otherwise. */
    public static Event after(Runnable action, Event then) {
        return (connection, buffer) -> {
            action.run();
            return then.happen(connection, buffer);
        };
    }

    /** Runs each time somebody has waited for a reply, on the thread that did. */
    public FakeDataPlane afterPoll(Runnable action) {
        afterPoll = action;
        return this;
    }

    /** How large each entry is. */
    public FakeDataPlane entryBytes(int bytes) {
        entryBytes = bytes;
        return this;
    }

    /** The node loses its connections and accepts no others. */
    public FakeDataPlane kill(RedisNode node) {
        dead.add(node);
        return this;
    }

    public FakeDataPlane revive(RedisNode node) {
        dead.remove(node);
        return this;
    }

    /** The node answers every read with nothing. */
    public FakeDataPlane lagging(RedisNode node) {
        lagging.add(node);
        return this;
    }

    // ------------------------------------------------------------------------ looking

    public List<Request> requests() {
        return requests;
    }

    /** Those that are open. */
    public List<FakeStreamReadConnection> open() {
        return connections.stream().filter(connection -> !connection.isClosed()).toList();
    }

    public int connectionsSoFar() {
        return connections.size();
    }

    // ------------------------------------------------------------------------ inside

    StreamReadConnection connect(RedisNode node) {
        FakeStreamReadConnection connection = new FakeStreamReadConnection(this, node);
        if (dead.contains(node)) {
            throw connection.lost();
        }
        connections.add(connection);
        return connection;
    }

    Reply poll(FakeStreamReadConnection connection, EntryBuffer buffer) {
        try {
            if (dead.contains(connection.node())) {
                throw connection.lost();
            }
            Event event = events.isEmpty() ? answer() : events.remove();
            return event.happen(connection, buffer);
        } finally {
            afterPoll.run();
        }
    }

    void sent(Request request) {
        requests.add(request);
    }

    int append(RedisNode node, EntryBuffer buffer, StreamReadPosition stream, int count) {
        List<StreamEntryId> ids =
                lagging.contains(node)
                        ? List.of()
                        : server.entriesAfter(stream.streamKey(), stream.id(), count);
        if (!ids.isEmpty()) {
            buffer.beginSection(stream);
        }
        for (StreamEntryId id : ids) {
            buffer.reserve(entryBytes);
            buffer.addFilled(entryBytes);
            buffer.beginEntry(id.milliseconds(), id.sequence());
        }
        return ids.size();
    }

    /** The keys that have been asked for since so many requests. */
    public Set<String> keysAskedSince(int from) {
        Set<String> keys = new HashSet<>();
        for (Request request : requests.subList(from, requests.size())) {
            request.streams().forEach(s -> keys.add(s.substring(0, s.lastIndexOf('@'))));
        }
        return keys;
    }
}
