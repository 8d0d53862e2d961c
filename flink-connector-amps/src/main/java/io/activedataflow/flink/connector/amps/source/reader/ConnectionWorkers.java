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

import io.activedataflow.flink.connector.amps.client.AmpsConnection;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one reader that may wait for servers: those that open and close connections, so
 * that a silent server holds up neither the other splits nor the checkpoints, and one that gives
 * signs of life on behalf of clients whose own thread is held back.
 */
@Internal
final class ConnectionWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWorkers.class);

    private static final int MAX_OPENING = 8;

    /** Closing must not wait for those that open, which it is to break off. */
    private static final int MAX_CLOSING = 32;

    private static final long IDLE_SECONDS = 10;

    /** How long a server that does not read may hold up the end of its connection. */
    private static final long SEND_MILLIS = 1000;

    /** Less than five seconds with everything else that a reader does when it is closed. */
    private static final long CLOSE_SECONDS = 4;

    private final ThreadPoolExecutor openers;
    private final ThreadPoolExecutor closers;
    private final ScheduledExecutorService heartbeats;
    private final boolean beats;
    private final Set<OpenSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    /** A connection, and the buffer that its client may be held back by. */
    record OpenSubscription(AmpsConnection connection, SubscriptionBuffer buffer) {}

    /**
     * @param name for thread names
     * @param heartbeatInterval zero for no heartbeats
     */
    ConnectionWorkers(String name, Duration heartbeatInterval) {
        openers = pool(MAX_OPENING, name + "-opener");
        closers = pool(MAX_CLOSING, name + "-closer");
        // A fetcher that is late, when this is closed already, must leave nothing open either.
        closers.setRejectedExecutionHandler((task, pool) -> task.run());
        heartbeats = Executors.newSingleThreadScheduledExecutor(daemons(name + "-heartbeat"));
        beats = !heartbeatInterval.isZero();
        if (beats) {
            long millis = Math.max(1, heartbeatInterval.toMillis() / 2);
            heartbeats.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        return runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void beat() {
        for (OpenSubscription subscription : subscriptions) {
            if (subscription.buffer().isClosed()) {
                subscriptions.remove(subscription);
            } else if (subscription.buffer().isBlocked()) {
                beat(subscription.connection());
            }
        }
    }

    private static void beat(AmpsConnection connection) {
        try {
            connection.beat();
        } catch (RuntimeException e) {
            // It would be the last beat of all the others, too.
            LOG.warn("No sign of life could be given to {}: {}", connection.server(), e.toString());
        }
    }

    void open(OpenAttempt attempt) {
        openers.execute(attempt);
    }

    /** Breaks off an attempt, without waiting for that. */
    void cancel(OpenAttempt attempt) {
        closers.execute(() -> close(attempt::cancel));
    }

    /**
     * Takes care of the heartbeats of a subscription from now on, until its buffer is closed. Any
     * thread; not to be left to the fetcher, which may itself be held back.
     */
    void opened(OpenSubscription subscription) {
        if (beats) {
            subscriptions.add(subscription);
        }
    }

    /** Closes a subscription, without waiting for that. */
    void close(OpenSubscription subscription) {
        subscription.buffer().close();
        subscriptions.remove(subscription);
        closers.execute(() -> close(subscription.connection()::close));
    }

    /**
     * Closes a subscription after something was sent to the server, if that does not take long;
     * without waiting for any of it.
     */
    void close(OpenSubscription subscription, Runnable sending) {
        subscription.buffer().close();
        subscriptions.remove(subscription);
        CountDownLatch sent = new CountDownLatch(1);
        closers.execute(
                () -> {
                    close(sending);
                    sent.countDown();
                });
        closers.execute(
                () -> {
                    awaitBriefly(sent);
                    close(subscription.connection()::close);
                });
    }

    private static void awaitBriefly(CountDownLatch sent) {
        try {
            sent.await(SEND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            LOG.warn("A connection could not be closed in good order: {}", e.toString());
        }
    }

    /** Ends all threads; what was to be closed is closed first. Waits for a few seconds at most. */
    @Override
    public void close() {
        heartbeats.shutdownNow();
        openers.shutdown();
        closers.shutdown();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            if (!closers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
                    || !openers.awaitTermination(
                            deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Connections are still being closed after {} s.", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
