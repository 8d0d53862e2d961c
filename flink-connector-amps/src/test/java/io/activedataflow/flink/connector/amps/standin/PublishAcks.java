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

package io.activedataflow.flink.connector.amps.standin;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Acknowledges to a publisher what is persisted: cumulative, at intervals, and not before the sync
 * replication destinations have it; failures at once. Thread-safe.
 */
final class PublishAcks {

    private static final String TYPE = "persisted";

    private final Session session;
    private final Durability durability;
    private final Deque<Step> waiting = new ArrayDeque<>();
    private boolean any;
    private long acknowledged;

    /** What cannot be acknowledged yet: publishes and flushes in the order they came in. */
    private sealed interface Step {}

    private record Published(long sequence, long position) implements Step {}

    private record Flushed(String commandId) implements Step {}

    PublishAcks(Session session, Durability durability) {
        this.session = session;
        this.durability = durability;
    }

    /** A publish that wants to know; what is not in the log has position 0. */
    synchronized void published(long sequence, long position) {
        if (waiting.isEmpty() && durability.coversAlready(position)) {
            reach(sequence);
        } else {
            waiting.add(new Published(sequence, position));
        }
    }

    /** A publish that failed; told at once, after the success of what went before. */
    synchronized void failed(long sequence, String reason) {
        acknowledge();
        session.ack(
                HeaderBuilder.ack(null, TYPE).addUnsigned("s", sequence).failure(reason).frame(),
                TYPE,
                null);
    }

    /** A flush that wants to know when all publishes before it are persisted. */
    synchronized void flushed(String commandId) {
        waiting.add(new Flushed(commandId));
        acknowledge();
    }

    /** Acknowledges what can be. */
    synchronized void acknowledge() {
        while (!waiting.isEmpty()) {
            if (waiting.peek() instanceof Published publish) {
                if (!durability.covers(publish.position())) {
                    break;
                }
                reach(publish.sequence());
            } else if (waiting.peek() instanceof Flushed flush) {
                tell();
                session.ack(
                        HeaderBuilder.ack(flush.commandId(), TYPE).success().frame(), TYPE, null);
            }
            waiting.remove();
        }
        tell();
    }

    private void reach(long sequence) {
        if (!any || Long.compareUnsigned(sequence, acknowledged) > 0) {
            acknowledged = sequence;
        }
        any = true;
    }

    private void tell() {
        if (any) {
            any = false;
            session.ack(
                    HeaderBuilder.ack(null, TYPE).addUnsigned("s", acknowledged).success().frame(),
                    TYPE,
                    null);
        }
    }
}
