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

package io.activedataflow.flink.connector.redis.source.reader;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells how many entries are pending. The fetcher asks the server about that, but not while it
 * waits for a job that is slow, which is when the number matters most: then whoever looks at it has
 * the streams looked at, and sees the outcome the next time. Any thread.
 */
@Internal
final class PendingGauge implements LongSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(PendingGauge.class);

    private final PendingEntries entries;
    private final ReaderClient client;
    private final long intervalNanos;
    private final AtomicLong dueNanos = new AtomicLong(System.nanoTime());

    /**
     * @param interval how old the number may become
     */
    PendingGauge(PendingEntries entries, ReaderClient client, Duration interval) {
        this.entries = entries;
        this.client = client;
        this.intervalNanos = interval.toNanos();
    }

    @Override
    public long getAsLong() {
        long now = System.nanoTime();
        long due = dueNanos.get();
        if (now - due >= 0
                && entries.fetcherSilentNanos() >= intervalNanos
                && dueNanos.compareAndSet(due, now + intervalNanos)) {
            client.control().execute(this::look);
        }
        return entries.sum();
    }

    private void look() {
        try {
            for (SplitProgress split : entries.splits()) {
                split.countPending(client.redis().streamInfo(split.splitId()));
            }
        } catch (RuntimeException e) {
            LOG.debug("Pending entries could not be counted; the fetcher will tell why.", e);
        }
    }
}
