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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Collects what has arrived for the splits of a reader. The messages were copied into the buffers
 * of their subscriptions by the threads of the AMPS clients; here duplicates are left out, the rest
 * is handed on as it lies in memory, and subscriptions are opened and re-opened.
 *
 * <p>Fetcher thread only, but for {@link #wakeUp}. It never waits for a server.
 */
@Internal
final class AmpsSplitReader implements SplitReader<AmpsMessageCursor, AmpsSplit> {

    /** Bounds how long anything can go unnoticed, though everything raises the signal. */
    private static final long MAX_WAIT_NANOS = Signal.millis(50);

    /**
     * How long to let messages gather, at most, after some were handed on. Handing on costs the
     * same for one as for thousands, and so does being woken; a message that comes after a longer
     * silence is handed on at once.
     */
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** With so many messages at a time there is no need to wait for more. */
    private static final int MESSAGES_WORTH_HANDING_ON = 2048;

    /** How many messages of one split are handed on at a time, so that all get their turn. */
    private static final int MESSAGES_PER_SPLIT = 4096;

    private final SubscriptionContext context;
    private final Map<String, SplitSubscription> subscriptions = new LinkedHashMap<>();
    private final AtomicBoolean wokenUp = new AtomicBoolean();
    private long gatherUntilNanos = System.nanoTime();

    AmpsSplitReader(SubscriptionContext context) {
        this.context = context;
    }

    // ------------------------------------------------------------------------ splits

    @Override
    public void handleSplitsChanges(SplitsChange<AmpsSplit> change) {
        if (change instanceof SplitsAddition) {
            long now = System.nanoTime();
            for (AmpsSplit split : change.splits()) {
                subscriptions.put(split.splitId(), new SplitSubscription(split, context, now));
            }
        } else if (change instanceof SplitsRemoval) {
            for (AmpsSplit split : change.splits()) {
                SplitSubscription removed = subscriptions.get(split.splitId());
                if (removed != null) {
                    removed.close();
                }
            }
        } else {
            throw new IllegalArgumentException(
                    "Cannot handle a splits change of " + change.getClass().getName() + '.');
        }
    }

    @Override
    public void pauseOrResumeSplits(Collection<AmpsSplit> toPause, Collection<AmpsSplit> toResume) {
        // Either may name splits that have just finished.
        setPaused(toPause, true);
        setPaused(toResume, false);
    }

    private void setPaused(Collection<AmpsSplit> some, boolean paused) {
        for (AmpsSplit split : some) {
            SplitSubscription subscription = subscriptions.get(split.splitId());
            if (subscription != null) {
                subscription.setPaused(paused);
            }
        }
    }

    // ------------------------------------------------------------------------ fetching

    @Override
    public RecordsWithSplitIds<AmpsMessageCursor> fetch() {
        gather();
        boolean arm = false;
        while (true) {
            long now = System.nanoTime();
            MessageBatch.Builder batch = MessageBatch.builder(context.updates());
            long due = collect(batch, now, arm);
            if (!batch.isEmpty()
                    || wokenUp.compareAndSet(true, false)
                    || Thread.currentThread().isInterrupted()) {
                boolean few = batch.size() > 0 && batch.size() < MESSAGES_WORTH_HANDING_ON;
                gatherUntilNanos = few ? now + GATHERING_NANOS : now;
                return batch.build();
            }
            if (arm) {
                context.signal().await(Math.min(due, MAX_WAIT_NANOS));
            }
            // Whoever waits must have looked with the wake-up armed.
            arm = true;
        }
    }

    private void gather() {
        long left = gatherUntilNanos - System.nanoTime();
        if (left > 0) {
            context.signal().await(left);
        }
    }

    private long collect(MessageBatch.Builder batch, long now, boolean arm) {
        long due = Long.MAX_VALUE;
        Iterator<SplitSubscription> all = subscriptions.values().iterator();
        while (all.hasNext()) {
            SplitSubscription subscription = all.next();
            subscription.advance(now);
            subscription.drainTo(batch, MESSAGES_PER_SPLIT, now, arm);
            if (subscription.hasEnded()) {
                batch.finished(subscription.splitId());
                all.remove();
            } else {
                due = Math.min(due, subscription.dueNanos(now));
            }
        }
        return due;
    }

    @Override
    public void wakeUp() {
        wokenUp.set(true);
        context.signal().raise();
    }

    @Override
    public void close() {
        subscriptions.values().forEach(SplitSubscription::close);
        subscriptions.clear();
    }
}
