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

import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * One queue: it gives each message to one subscription at a time and gives it to another, or the
 * same again, until it is acknowledged or expires. Thread-safe; it calls its subscriptions while it
 * is locked.
 *
 * <p>A message that is given back is in its old place again, so it is delivered before those that
 * came behind it. Age does not end a lease: a message that is too old expires when it is given
 * back.
 */
public final class MessageQueue implements QueueView {

    /** The end of leases without end: 9999-12-31. */
    public static final long NO_END = 253_402_300_799_999_999L;

    private final QueueDefinition definition;
    private final LongSupplier clock;
    private final QueueFaults faults;
    private final QueueJournal journal;
    private final Stock stock = new Stock();
    private final Turns turns;
    private final Ledger ledger = new Ledger();
    private long arrivals;
    private long nextExpiration = Long.MAX_VALUE;

    /**
     * An empty queue.
     *
     * @param clock microseconds since 1970 UTC
     */
    public MessageQueue(
            QueueDefinition definition,
            LongSupplier clock,
            QueueFaults faults,
            QueueJournal journal) {
        this.definition = definition;
        this.clock = clock;
        this.faults = faults;
        this.journal = journal;
        this.turns = new Turns(definition.fairness());
    }

    /** What the queue was configured with. */
    public QueueDefinition definition() {
        return definition;
    }

    /**
     * A message has been published to an underlying topic.
     *
     * @param lifetime what the publisher gives it, which goes before that of the queue; null if the
     *     publisher does not say
     */
    public synchronized void enter(QueuedMessage message, Duration lifetime) {
        QueueSubject subject =
                new QueueSubject(definition.messageType(), message.topic(), message, 0L, null);
        if (definition.filter() != null && !definition.filter().matches(subject)) {
            return;
        }
        long expiresAt =
                after(
                        message.timestampMicros(),
                        lifetime == null ? definition.expiration() : lifetime,
                        Long.MAX_VALUE);
        Entry entry = new Entry(subject, definition, arrivals++, expiresAt);
        stock.add(entry);
        nextExpiration = Math.min(nextExpiration, entry.expiresAt());
        deliver();
    }

    /** A subscription begins. */
    public synchronized void join(QueueConsumer consumer) {
        turns.add(holder(consumer));
        deliver();
    }

    /** A subscription goes on as another one, which keeps the leases. */
    public synchronized void replace(QueueConsumer older, QueueConsumer newer) {
        Holder before = turns.of(older);
        if (before == null) {
            join(newer);
            return;
        }
        Holder after = holder(newer);
        after.takeOver(before);
        turns.replace(before, after);
        deliver();
    }

    /** A subscription ends, and its leases with it. Without effect if it has ended before. */
    public synchronized void leave(QueueConsumer consumer) {
        Holder holder = turns.of(consumer);
        if (holder != null) {
            turns.remove(holder);
            holder.leases().forEach(this::giveBack);
            deliver();
        }
    }

    /**
     * Does something with leased messages, as far as the owner may; what is not leased, or not in
     * the queue, is left as it is.
     *
     * @return with how many messages it was done
     */
    public synchronized int settle(Object owner, Settlement settlement, List<String> bookmarks) {
        int settled = 0;
        for (String bookmark : bookmarks) {
            Entry entry = stock.get(bookmark);
            if (entry != null && maySettle(owner, settlement, entry)) {
                settle(entry, settlement);
                settled++;
            }
        }
        deliver();
        return settled;
    }

    /** As {@link #settle}, with all leased messages that match. */
    public synchronized int settleMatching(
            Object owner,
            Settlement settlement,
            String messageType,
            Predicate<FilterSubject> matching) {
        List<String> bookmarks =
                stock.leased().stream()
                        .filter(entry -> matching.test(subject(entry, messageType)))
                        .map(entry -> entry.message().bookmark())
                        .toList();
        return settle(owner, settlement, bookmarks);
    }

    /** Those of the available messages that match, in the order of delivery; nothing is leased. */
    public synchronized List<QueuedMessage> browse(
            String messageType, Predicate<FilterSubject> matching) {
        return stock.waiting().stream()
                .filter(entry -> matching.test(subject(entry, messageType)))
                .map(Entry::message)
                .toList();
    }

    /** The server is started again: deliveries and cancels are counted from the beginning. */
    public synchronized void restarted() {
        stock.all().forEach(Entry::forgetPast);
    }

    /** Forgets all messages. */
    public synchronized void wipe() {
        stock.clear();
    }

    @Override
    public synchronized void tick() {
        long now = clock.getAsLong();
        boolean changed = false;
        for (Entry entry : stock.leased()) {
            if (entry.leasedUntil() <= now) {
                ledger.leaseExpired();
                giveBack(entry);
                changed = true;
            }
        }
        if (nextExpiration <= now) {
            nextExpiration = Long.MAX_VALUE;
            for (Entry entry : stock.waiting()) {
                if (entry.expiresAt() <= now) {
                    expire(entry);
                } else {
                    nextExpiration = Math.min(nextExpiration, entry.expiresAt());
                }
            }
            changed = true;
        }
        // Whoever did not want the waiting messages before does not want them now.
        if (changed) {
            deliver();
        }
    }

    /** Delivers what was held up. */
    public synchronized void resume() {
        deliver();
    }

    private Holder holder(QueueConsumer consumer) {
        return new Holder(consumer, definition.effectiveBacklog(consumer.maxBacklog()));
    }

    private boolean maySettle(Object owner, Settlement settlement, Entry entry) {
        boolean strict = definition.leasing() == QueueDefinition.Leasing.STRICT;
        if (entry.holder() == null) {
            return definition.takesUnleased() && !strict && settlement == Settlement.ACKNOWLEDGE;
        }
        return !strict || entry.holder().consumer().owner().equals(owner);
    }

    private void settle(Entry entry, Settlement settlement) {
        switch (settlement) {
            case ACKNOWLEDGE -> {
                remove(entry);
                ledger.acknowledged(entry.message());
            }
            case CANCEL -> {
                ledger.cancelled();
                entry.cancelled();
                giveBack(entry);
            }
            case EXPIRE -> expire(entry);
        }
    }

    private void giveBack(Entry entry) {
        stock.release(entry);
        if (definition.isTooMuch(entry.deliveries(), entry.cancels())
                || entry.expiresAt() <= clock.getAsLong()) {
            expire(entry);
        } else {
            stock.putBack(entry);
            // The look-out for messages that are too old has passed over it.
            nextExpiration = Math.min(nextExpiration, entry.expiresAt());
        }
    }

    private void expire(Entry entry) {
        remove(entry);
        ledger.expired(entry.message());
    }

    private void remove(Entry entry) {
        stock.remove(entry);
        journal.taken(entry.message().bookmark());
    }

    private void deliver() {
        if (faults.holdsDeliveries() || turns.all().isEmpty()) {
            return;
        }
        for (Iterator<Entry> waiting = stock.taking(); waiting.hasNext(); ) {
            Entry entry = waiting.next();
            if (entry.isBarrier()) {
                if (!stock.isFirst(entry)) {
                    return;
                }
                waiting.remove();
                deliverToAll(entry);
            } else {
                if (!hasRoom()) {
                    return;
                }
                Holder holder = turns.choose(one -> mayLease(one) && wants(one, entry));
                if (holder != null) {
                    waiting.remove();
                    deliver(entry, holder);
                }
            }
        }
    }

    private boolean hasRoom() {
        return definition.mayLeaseMore(stock.leasedCount())
                && turns.all().stream().anyMatch(this::mayLease);
    }

    private boolean mayLease(Holder holder) {
        return !definition.isLeasing() || holder.hasRoom();
    }

    private boolean wants(Holder holder, Entry entry) {
        return holder.consumer().wants(subject(entry, holder.consumer().messageType()));
    }

    private QueueSubject subject(Entry entry, String messageType) {
        return entry.subject(messageType, definition.name());
    }

    private void deliverToAll(Entry entry) {
        remove(entry);
        for (Holder holder : turns.all()) {
            delivered(entry);
            holder.consumer().deliver(entry.message(), null);
        }
    }

    private void deliver(Entry entry, Holder holder) {
        delivered(entry);
        if (!definition.isLeasing()) {
            remove(entry);
            holder.consumer().deliver(entry.message(), null);
            return;
        }
        long now = clock.getAsLong();
        long until = after(now, definition.leasePeriod(), NO_END);
        stock.lease(entry, holder, now, until);
        holder.consumer().deliver(entry.message(), until);
    }

    private void delivered(Entry entry) {
        ledger.delivered(entry.message(), !entry.isBarrier() && entry.deliveries() > 0);
        entry.delivered();
    }

    private static long after(long micros, Duration period, long otherwise) {
        return period == null ? otherwise : micros + period.toNanos() / 1000;
    }

    @Override
    public synchronized int depth() {
        return stock.size();
    }

    @Override
    public synchronized List<QueuedMessage> messages() {
        return stock.all().stream().map(Entry::message).toList();
    }

    @Override
    public synchronized List<QueuedMessage> available() {
        return stock.waiting().stream().map(Entry::message).toList();
    }

    @Override
    public synchronized int leasedCount() {
        return stock.leasedCount();
    }

    @Override
    public synchronized List<Lease> leases() {
        return stock.leases();
    }

    @Override
    public synchronized Duration ageOfOldestLease() {
        return stock.leased().stream()
                .findFirst()
                .map(oldest -> clock.getAsLong() - oldest.leasedAt())
                .map(micros -> Duration.of(micros, ChronoUnit.MICROS))
                .orElse(Duration.ZERO);
    }

    @Override
    public synchronized List<QueuedMessage> acknowledged() {
        return ledger.acknowledged();
    }

    @Override
    public synchronized List<QueuedMessage> expired() {
        return ledger.expired();
    }

    @Override
    public synchronized List<QueuedMessage> redelivered() {
        return ledger.redelivered();
    }

    @Override
    public synchronized long deliveries() {
        return ledger.deliveries();
    }

    @Override
    public synchronized long expiredLeases() {
        return ledger.expiredLeases();
    }

    @Override
    public synchronized long cancels() {
        return ledger.cancels();
    }

    @Override
    public synchronized int consumers() {
        return turns.all().size();
    }
}
