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

package io.activedataflow.flink.connector.amps.standin.queue;

import io.activedataflow.flink.connector.amps.standin.filter.ValueExpression;

import java.util.Comparator;

/** A message in a queue and what has happened to it; guarded by the queue. */
final class Entry {

    /** The order of delivery: the highest priority first, then the oldest. */
    static final Comparator<Entry> ORDER =
            Comparator.comparingDouble((Entry entry) -> -entry.priority)
                    .thenComparingLong(entry -> entry.number);

    private static final long SECOND = 1_000_000;

    private final QueuedMessage message;
    private final long number;
    private final double priority;
    private final boolean barrier;
    private final long expiresAt;
    private Holder holder;
    private long leasedAt;
    private long leasedUntil;
    private boolean everLeased;
    private int deliveries;
    private int cancels;

    /**
     * @param number rises with each message
     * @param expiresAt microseconds since 1970 UTC
     */
    Entry(QueueSubject subject, QueueDefinition definition, long number, long expiresAt) {
        this.message = subject.message();
        this.number = number;
        this.priority = priority(subject, definition.priority());
        this.barrier = definition.barrier() != null && definition.barrier().matches(subject);
        this.expiresAt = expiresAt;
    }

    /** Without a priority, or with one that is no number, the lowest. */
    private static double priority(QueueSubject subject, ValueExpression expression) {
        double priority = expression == null ? Double.NaN : expression.number(subject);
        return Double.isNaN(priority) ? Double.NEGATIVE_INFINITY : priority;
    }

    QueuedMessage message() {
        return message;
    }

    boolean isBarrier() {
        return barrier;
    }

    long expiresAt() {
        return expiresAt;
    }

    /** Who has leased it, null if nobody has. */
    Holder holder() {
        return holder;
    }

    long leasedAt() {
        return leasedAt;
    }

    long leasedUntil() {
        return leasedUntil;
    }

    int deliveries() {
        return deliveries;
    }

    int cancels() {
        return cancels;
    }

    void delivered() {
        deliveries++;
    }

    void cancelled() {
        cancels++;
    }

    void lease(Holder to, long from, long until) {
        holder = to;
        leasedAt = from;
        leasedUntil = until;
        everLeased = true;
    }

    /** The lease goes on in other hands. */
    void passTo(Holder other) {
        holder = other;
    }

    void release() {
        holder = null;
    }

    /** Forgets what a server does not remember when it is started again. */
    void forgetPast() {
        deliveries = 0;
        cancels = 0;
        everLeased = false;
    }

    QueueSubject subject(String messageType, String topic) {
        return new QueueSubject(
                messageType,
                topic,
                message,
                (long) deliveries,
                everLeased ? Math.floorDiv(leasedAt, SECOND) : null);
    }
}
