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

import io.activedataflow.flink.connector.amps.client.AmpsAnswerHandler;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.RetryIncident;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Acknowledges what a reader was restored with, on a connection of its own, and tries again on the
 * next server until that has worked. Runs on a worker thread; {@link #isDone}, {@link #failure} and
 * {@link #cancel} are for any.
 */
@Internal
final class RestoredLeases implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredLeases.class);

    private final Map<String, BookmarkList> byQueue;
    private final Set<String> queuesToRead;
    private final SubscriptionContext context;
    private final Runnable whenDone;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    private volatile @Nullable AttemptConnections connections;
    private volatile boolean done;
    private volatile @Nullable AmpsException failure;

    /**
     * @param byQueue what to acknowledge
     * @param queuesToRead those that are still read; any other may be gone
     * @param whenDone called when there is a result
     */
    RestoredLeases(
            Map<String, BookmarkList> byQueue,
            Set<String> queuesToRead,
            SubscriptionContext context,
            Runnable whenDone) {
        this.byQueue = Map.copyOf(byQueue);
        this.queuesToRead = Set.copyOf(queuesToRead);
        this.context = context;
        this.whenDone = whenDone;
    }

    Map<String, BookmarkList> byQueue() {
        return byQueue;
    }

    /** Whether the server has handled all of it. */
    boolean isDone() {
        return done;
    }

    /** Why it is given up; or null. */
    @Nullable
    AmpsException failure() {
        return failure;
    }

    /** Breaks it off. */
    void cancel() {
        cancelled.countDown();
        AttemptConnections open = connections;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void run() {
        try {
            acknowledgeUntilDone();
        } catch (AmpsException e) {
            failure = e;
        } catch (InterruptedException | CancellationException e) {
            return;
        } catch (RuntimeException | Error e) {
            // Whatever is not told here would leave the job waiting for ever.
            failure =
                    new AmpsException(
                            AmpsException.Kind.FATAL, "Restored acknowledgements failed: " + e, e);
        }
        whenDone.run();
    }

    private void acknowledgeUntilDone() throws InterruptedException {
        ServerRotation servers = new ServerRotation(context.servers(), null);
        RetryIncident incident =
                new RetryIncident(context.options().backoff(), context.options().retryDeadline());
        while (cancelled.getCount() > 0) {
            try {
                acknowledgeAll(servers);
                done = true;
                return;
            } catch (AmpsException e) {
                waitOrGiveUp(incident, e);
                servers.next();
            }
        }
    }

    private void waitOrGiveUp(RetryIncident incident, AmpsException cause)
            throws InterruptedException {
        if (cause.kind() == AmpsException.Kind.FATAL) {
            throw cause;
        }
        if (!incident.isOpen()) {
            LOG.warn(
                    "Restored messages of the queues {} cannot be acknowledged now; trying again for"
                            + " {} ms: {}",
                    byQueue.keySet(),
                    context.options().retryDeadline().toMillis(),
                    cause.getMessage());
        }
        long now = System.nanoTime();
        long delay = incident.failed(now);
        context.metrics().errorRetried();
        if (incident.isOverdue(now)) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    "Messages of queues that were emitted before the restored checkpoint could not"
                            + " be acknowledged for longer than 'retry.deadline' allows. Last"
                            + " reason: "
                            + cause.getMessage(),
                    cause);
        }
        cancelled.await(delay, TimeUnit.NANOSECONDS);
    }

    private void acknowledgeAll(ServerRotation servers) throws InterruptedException {
        AttemptConnections attempt = new AttemptConnections(context.factory(), servers.current());
        connections = attempt;
        if (cancelled.getCount() == 0) {
            throw new CancellationException("The reader is being closed.");
        }
        try {
            AmpsConnection connection = attempt.open(context.clientNames().next());
            for (Map.Entry<String, BookmarkList> queue : byQueue.entrySet()) {
                try {
                    acknowledge(connection, queue.getKey(), queue.getValue());
                } catch (AmpsException e) {
                    if (e.kind() != AmpsException.Kind.FATAL
                            || queuesToRead.contains(queue.getKey())) {
                        throw e;
                    }
                    LOG.warn(
                            "{} messages of queue '{}', which is not read any more, are not"
                                    + " acknowledged. Whoever reads it next may get them: {}",
                            queue.getValue().size(),
                            queue.getKey(),
                            e.getMessage());
                }
            }
        } finally {
            attempt.cancel();
        }
    }

    private void acknowledge(AmpsConnection connection, String queue, BookmarkList all)
            throws InterruptedException {
        int batchSize = ((KindOptions.Queue) context.options().kindOptions()).ackBatchSize();
        int batches = (all.size() + batchSize - 1) / batchSize;
        Answers answers = new Answers(batches);
        for (int from = 0; from < all.size(); from += batchSize) {
            int to = Math.min(all.size(), from + batchSize);
            connection.acknowledge(queue, all.part(from, to).toWire(), answers);
        }
        answers.await(queue, connection);
        LOG.info(
                "Acknowledged {} messages of queue '{}' on {} that the restored checkpoint covers.",
                all.size(),
                queue,
                connection.server());
    }

    private final class Answers implements AmpsAnswerHandler {

        private final CountDownLatch left;
        private final AtomicReference<AmpsException> refusal = new AtomicReference<>();

        private Answers(int count) {
            left = new CountDownLatch(count);
        }

        private void await(String queue, AmpsConnection connection) throws InterruptedException {
            long millis = context.options().commandTimeout().toMillis();
            if (!left.await(millis, TimeUnit.MILLISECONDS)) {
                throw new AmpsException(
                        AmpsException.Kind.RETRIABLE,
                        "AMPS server "
                                + connection.server()
                                + " has not answered the acknowledgement of restored messages of"
                                + " queue '"
                                + queue
                                + "' within "
                                + millis
                                + " ms. If it is just slow, raise setCommandTimeout.",
                        null);
            }
            if (refusal.get() != null) {
                throw refusal.get();
            }
        }

        @Override
        public void onProcessed() {
            left.countDown();
        }

        @Override
        public void onRefused(AmpsException cause) {
            refusal.compareAndSet(null, cause);
            left.countDown();
        }
    }
}
