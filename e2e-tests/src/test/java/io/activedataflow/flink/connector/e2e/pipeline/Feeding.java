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

package io.activedataflow.flink.connector.e2e.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the parts of orders 0, 1, 2 and so on to one source, at a steady rate, each once, until it
 * is told to stop. What cannot be written is tried again until it can.
 *
 * <p>A thread of its own writes; the methods are for any other.
 */
public final class Feeding implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PartWriter writer;
    private final double ordersPerSecond;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();

    /** Written under the lock only. */
    private volatile long written;

    // Under the lock.
    private long limit;
    private boolean hurry;
    private long extra;
    private long attempted;
    private long confirmed;
    private int waiting;
    private Exception failure;
    private boolean closed;

    private Feeding(PartWriter writer, double ordersPerSecond, long limit) {
        this.writer = writer;
        this.ordersPerSecond = ordersPerSecond;
        this.limit = limit;
        this.thread = new Thread(this::run, "feeding-" + writer.origin().source());
        thread.setDaemon(true);
    }

    /** Writes for ever. */
    public static Feeding start(PartWriter writer, double ordersPerSecond) {
        return start(writer, ordersPerSecond, Long.MAX_VALUE);
    }

    /** Writes so many orders. */
    public static Feeding start(PartWriter writer, double ordersPerSecond, long orders) {
        Feeding feeding = new Feeding(writer, ordersPerSecond, orders);
        feeding.thread.start();
        return feeding;
    }

    /** Writes so many orders as fast as it can, and returns when they are written. */
    public static void writeAll(PartWriter writer, long orders) {
        try (Feeding feeding = start(writer, Double.MAX_VALUE, orders)) {
            feeding.finishAt(orders);
        }
    }

    /**
     * Brings all to the same number of orders, so that every order has all of its parts, and stops
     * them. Returns how many parts each source has.
     */
    public static Map<Origin, Long> finishTogether(Collection<Feeding> feedings) {
        long most = feedings.stream().mapToLong(Feeding::hold).max().orElse(0);
        feedings.forEach(feeding -> feeding.hurryTo(most));
        Map<Origin, Long> written = new EnumMap<>(Origin.class);
        feedings.forEach(feeding -> written.put(feeding.origin(), feeding.finishAt(most)));
        return written;
    }

    /** Where it writes to. */
    public Origin origin() {
        return writer.origin();
    }

    /** How many parts have been written; the last ones may still be on their way. */
    public long written() {
        return written;
    }

    /** Writes so many more orders at once, and goes on at its rate. */
    public void burst(long orders) {
        locked(
                () -> {
                    extra += orders;
                    changed.signalAll();
                    return null;
                });
    }

    /** Does something while everything that was begun is confirmed, and nothing is written. */
    public void betweenRecords(Runnable action) {
        locked(
                () -> {
                    waiting++;
                    try {
                        awaitUntil(() -> failure == null && confirmed == attempted);
                        action.run();
                    } finally {
                        waiting--;
                    }
                    return null;
                });
    }

    /** Stops when nothing is in doubt; returns how many parts the source has. */
    public long stop() {
        return finishAt(hold());
    }

    /** Goes on up to this number of orders, as fast as it can, and stops there. */
    public long finishAt(long orders) {
        hurryTo(orders);
        locked(
                () -> {
                    awaitUntil(() -> confirmed >= limit);
                    return null;
                });
        close();
        return written;
    }

    /** Begins nothing more; returns how far it has got with what it has begun. */
    private long hold() {
        return locked(
                () -> {
                    limit = Math.min(limit, attempted);
                    return limit;
                });
    }

    private void hurryTo(long orders) {
        locked(
                () -> {
                    limit = Math.max(orders, attempted);
                    hurry = true;
                    changed.signalAll();
                    return null;
                });
    }

    private void run() {
        long start = System.nanoTime();
        lock.lock();
        try {
            while (!closed) {
                if (isDue(System.nanoTime() - start)) {
                    attempt(this::writePortion);
                } else if (confirmed < written && (waiting > 0 || written >= limit)) {
                    attempt(this::confirm);
                } else {
                    pause(LOOK_NANOS);
                }
            }
        } finally {
            lock.unlock();
        }
        writer.close();
    }

    private boolean isDue(long nanos) {
        if (attempted > written) {
            return true;
        }
        if (written >= limit || waiting > 0) {
            return false;
        }
        return hurry || nanos / NANOS_PER_SECOND * ordersPerSecond + extra >= endOfPortion();
    }

    private long endOfPortion() {
        long portion = writer.portion();
        return Math.min(limit, (written / portion + 1) * portion);
    }

    /** An action of the writer's. */
    @FunctionalInterface
    private interface Step {

        void run() throws Exception;
    }

    private void attempt(Step step) {
        try {
            step.run();
            failure = null;
            changed.signalAll();
            // So that others get the lock.
            pause(1);
        } catch (Exception e) {
            failure = e;
            pause(RETRY_NANOS);
        }
    }

    /** What has been attempted once is not changed, as it may be there already. */
    private void writePortion() throws Exception {
        if (attempted == written) {
            attempted = endOfPortion();
        }
        writer.write(written, attempted);
        written = attempted;
    }

    private void confirm() throws Exception {
        writer.confirm();
        confirmed = written;
    }

    private void pause(long nanos) {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void awaitUntil(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.call()) {
            if (changed.awaitNanos(Math.min(RETRY_NANOS, deadline - System.nanoTime())) <= 0
                    && System.nanoTime() >= deadline) {
                throw new AssertionError(
                        "Waited "
                                + Duration.ofNanos(PATIENCE_NANOS).toSeconds()
                                + " s in vain for "
                                + this
                                + '.',
                        failure);
            }
        }
    }

    private <T> T locked(Callable<T> action) {
        lock.lock();
        try {
            return action.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Could not wait for " + this + '.', e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return locked(
                () ->
                        "feeding of "
                                + origin().source()
                                + ": written="
                                + written
                                + ", attempted="
                                + attempted
                                + (failure == null ? "" : ", failing with " + failure));
    }

    @Override
    public void close() {
        locked(
                () -> {
                    closed = true;
                    changed.signalAll();
                    return null;
                });
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a feeding stopped.", e);
        }
    }
}
