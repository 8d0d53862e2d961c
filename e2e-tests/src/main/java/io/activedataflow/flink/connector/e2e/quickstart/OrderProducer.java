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

package io.activedataflow.flink.connector.e2e.quickstart;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Has the orders written at a steady rate, on a thread of its own, up to a limit that moves. While
 * the server is away it waits; what is due by then is written when it is back.
 */
final class OrderProducer implements AutoCloseable {

    private static final long TICK_MILLIS = 50;

    private final OrderWriter writer;
    private final long total;
    private final long backlog;
    private final long nanosOfPacing;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("order-producer"));
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    private volatile long limit;
    private long startNanos;

    /**
     * @param total how many orders to write
     * @param backlog how many of them to write at once, by {@link #writeBacklog}
     * @param pacing how long to take for the rest
     */
    OrderProducer(OrderWriter writer, long total, long backlog, Duration pacing) {
        this.writer = writer;
        this.total = total;
        this.backlog = backlog;
        this.limit = backlog;
        this.nanosOfPacing = pacing.toNanos();
    }

    /** Writes the first orders as fast as it goes, and returns when they are in the server. */
    void writeBacklog() {
        writer.writeUpTo(backlog);
        if (writer.written() < backlog) {
            throw new IllegalStateException("The server does not take the first orders.");
        }
    }

    /** Starts to write the others. */
    void start() {
        startNanos = System.nanoTime();
        thread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Lets it write the orders before this one; none but the first at the beginning. Any thread.
     */
    void writeUpTo(long orders) {
        limit = orders;
    }

    /** How many orders the server has confirmed. Any thread. */
    long written() {
        return writer.written();
    }

    /** Fails if the producer has given up. Any thread. */
    void check() {
        RuntimeException reason = failure.get();
        if (reason != null) {
            throw new IllegalStateException("The producer of orders has failed.", reason);
        }
    }

    private void tick() {
        try {
            writer.writeUpTo(Math.min(limit, due()));
        } catch (RuntimeException e) {
            failure.set(e);
            throw e;
        }
    }

    private long due() {
        double elapsed = System.nanoTime() - startNanos;
        long paced = (long) ((total - backlog) * Math.min(1.0, elapsed / nanosOfPacing));
        return Math.min(total, backlog + paced);
    }

    @Override
    public void close() {
        thread.execute(writer::close);
        thread.shutdown();
    }
}
