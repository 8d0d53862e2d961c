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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection to a {@link FakeDataPlane}. Requests are answered when their replies are polled. */
public final class FakeStreamReadConnection implements StreamReadConnection {

    /** How long the reply is that says that there is nothing. */
    private static final int NIL_BYTES = "*-1\r\n".length();

    private record Asked(List<StreamReadPosition> streams, int count) {}

    private final FakeDataPlane dataPlane;
    private final RedisNode node;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final List<RedisStreamsCredentials> credentials = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    FakeStreamReadConnection(FakeDataPlane dataPlane, RedisNode node) {
        this.dataPlane = dataPlane;
        this.node = node;
    }

    @Override
    public RedisNode node() {
        return node;
    }

    @Override
    public void send(List<StreamReadPosition> streams, int count, int blockMillis, boolean asking) {
        requireOpen();
        asked.add(new Asked(streams, count));
        dataPlane.sent(
                new FakeDataPlane.Request(
                        node,
                        streams.stream().map(s -> s.streamKey() + '@' + s.id()).toList(),
                        count,
                        blockMillis,
                        asking));
    }

    @Override
    public int outstanding() {
        return asked.size();
    }

    @Override
    public Reply poll(EntryBuffer buffer, int waitMillis) {
        requireOpen();
        if (asked.isEmpty()) {
            throw new IllegalStateException("Nothing was asked.");
        }
        try {
            return dataPlane.poll(this, buffer);
        } catch (RedisStreamsException e) {
            closed = true;
            throw e;
        }
    }

    Reply answer(EntryBuffer buffer) {
        Asked request = asked.remove();
        int entries = 0;
        for (StreamReadPosition stream : request.streams()) {
            entries += dataPlane.append(node, buffer, stream, request.count());
        }
        if (entries == 0) {
            buffer.reserve(NIL_BYTES);
            buffer.addFilled(NIL_BYTES);
        }
        buffer.completeReply(buffer.filled());
        return new Reply(request.streams(), entries, null);
    }

    /** As a connection does that is lost before a reply is complete. */
    void answerHalf(EntryBuffer buffer) {
        Asked request = asked.peek();
        dataPlane.append(node, buffer, request.streams().get(0), 1);
        buffer.discardPartialReply();
    }

    Reply refuse(String error) {
        return new Reply(asked.remove().streams(), 0, error);
    }

    RedisStreamsException lost() {
        return new RedisStreamsException(
                RedisStreamsException.Kind.RETRIABLE, "Connection to " + node + " lost.", null);
    }

    @Override
    public void reauthenticate(RedisStreamsCredentials newCredentials) {
        requireOpen();
        credentials.add(newCredentials);
    }

    /** What was taken up since the connection was opened. */
    public List<RedisStreamsCredentials> credentials() {
        return credentials;
    }

    private void requireOpen() {
        if (closed) {
            throw lost();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
