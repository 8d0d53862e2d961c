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

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.RetryIncident;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Disconnected;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Event;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.ConnectionWorkers.OpenSubscription;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Behind;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Failed;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Lost;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Opened;
import io.activedataflow.flink.connector.amps.source.reader.OpenRequest.Purpose;
import io.activedataflow.flink.connector.amps.source.reader.Step.OpenAgain;
import io.activedataflow.flink.connector.amps.source.reader.Step.ReadOn;
import io.activedataflow.flink.connector.amps.source.reader.Step.TryAgain;
import io.activedataflow.flink.connector.amps.source.reader.Step.TryElsewhere;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

/**
 * The life of one split in the fetcher: it is opened on a server, read, opened again after a
 * failure, there or on the next server, until it ends. Fetcher thread only.
 */
@Internal
final class SplitSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(SplitSubscription.class);

    private enum Phase {
        /** Not connected; to be opened when the time has come. */
        WAITING,
        OPENING,
        READING,
        ENDED
    }

    private final SubscriptionContext context;
    private final SplitProgress progress;
    private final ServerRotation servers;
    private final RetryIncident incident;

    private Phase phase = Phase.WAITING;
    private boolean paused;
    private long notBeforeNanos;
    private Purpose purpose = Purpose.RESUME;
    private boolean wasOpen;
    private boolean startedOver;
    private @Nullable OpenAttempt attempt;
    private @Nullable OpenSubscription subscription;
    private long openedNanos;

    SplitSubscription(AmpsSplit split, SubscriptionContext context, long nowNanos) {
        this.context = context;
        this.progress = SplitProgress.of(split, context);
        this.servers = new ServerRotation(context.servers(), split.position().server());
        this.incident =
                new RetryIncident(context.options().backoff(), context.options().retryDeadline());
        this.notBeforeNanos = nowNanos;
        if (progress.isAtEnd()) {
            phase = Phase.ENDED;
        }
    }

    String splitId() {
        return progress.splitId();
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    void setPaused(boolean newPaused) {
        paused = newPaused;
    }

    /** When there is something to do again, if nobody raises the signal before. */
    long dueNanos(long nowNanos) {
        return phase == Phase.WAITING ? Math.max(0, notBeforeNanos - nowNanos) : Long.MAX_VALUE;
    }

    // ------------------------------------------------------------------------ opening

    /** Does what has become due, without waiting for anything. */
    void advance(long nowNanos) {
        switch (phase) {
            case WAITING -> {
                if (nowNanos - notBeforeNanos >= 0) {
                    startOpening();
                }
            }
            case OPENING -> {
                OpenOutcome outcome = attempt.outcome();
                if (outcome != null) {
                    attempt = null;
                    onOutcome(outcome, nowNanos);
                }
            }
            case READING -> {
                progress.look(nowNanos);
                if (incident.isOpen() && nowNanos - openedNanos > longestBackoffNanos()) {
                    incidentIsOver();
                }
            }
            case ENDED -> {}
        }
    }

    private void startOpening() {
        AmpsSplit split = progress.toSplit();
        attempt =
                context.open(
                        new OpenRequest(
                                split, servers.current(), context.clientNames().next(), purpose));
        phase = Phase.OPENING;
    }

    private void onOutcome(OpenOutcome outcome, long nowNanos) {
        if (outcome instanceof Opened opened) {
            onOpened(opened, nowNanos);
        } else if (outcome instanceof Lost lost) {
            onLost(lost.loss(), nowNanos);
        } else if (outcome instanceof Behind) {
            openAgain(Purpose.RESUME_BY_TIME, nowNanos);
        } else if (outcome instanceof Failed failed) {
            retryLater(failed.reason(), nowNanos);
            servers.next();
        }
    }

    private void onLost(DataLoss loss, long nowNanos) {
        progress.lost(loss);
        if (startedOver) {
            // What the policy has put in place of the position is refused as well.
            retryLater(
                    new AmpsException(AmpsException.Kind.RETRIABLE, loss.describe(), null),
                    nowNanos);
        } else {
            startedOver = true;
            openAgain(Purpose.RESUME, nowNanos);
        }
    }

    private void onOpened(Opened opened, long nowNanos) {
        subscription = opened.subscription();
        progress.opened(servers.current().text(), opened.opening().from(), opened.newEnd());
        progress.connected(subscription.connection());
        if (wasOpen) {
            context.metrics().reconnected();
        }
        wasOpen = true;
        openedNanos = nowNanos;
        purpose = Purpose.RESUME;
        phase = Phase.READING;
    }

    private void openAgain(Purpose what, long nowNanos) {
        closeSubscription();
        purpose = what;
        notBeforeNanos = nowNanos;
        phase = progress.isAtEnd() ? Phase.ENDED : Phase.WAITING;
    }

    // ------------------------------------------------------------------------ reading

    /**
     * Hands on what has arrived.
     *
     * @param budget about how many messages at most
     * @param arm whether to have the signal raised for what comes when there is nothing more
     */
    void drainTo(MessageBatch.Builder batch, int budget, long nowNanos, boolean arm) {
        progress.handOnUpdates(batch);
        if (paused && phase == Phase.READING) {
            failIfEndedForGood();
        }
        int until = batch.size() + budget;
        while (phase == Phase.READING && !paused && batch.size() < until) {
            if (progress.hasPending()) {
                progress.handOnPending(batch);
                continue;
            }
            SubscriptionBuffer buffer = subscription.buffer();
            Arrival arrival = arm ? buffer.pollOrArm() : buffer.poll();
            if (arrival == null) {
                return;
            }
            onArrival(arrival, batch, nowNanos);
            progress.handOnUpdates(batch);
        }
    }

    /** What cannot be mended must not wait until the split is resumed. */
    private void failIfEndedForGood() {
        AmpsException cause = subscription.buffer().disconnection();
        if (cause != null && cause.kind() == AmpsException.Kind.FATAL) {
            throw cause;
        }
    }

    private void onArrival(Arrival arrival, MessageBatch.Builder batch, long nowNanos) {
        if (arrival instanceof Messages messages) {
            take(progress.onMessages(messages, batch), nowNanos);
        } else if (arrival instanceof Event event) {
            take(progress.onEvent(event), nowNanos);
        } else if (arrival instanceof Disconnected disconnected) {
            onDisconnected(disconnected.cause(), nowNanos);
        }
    }

    private void take(Step step, long nowNanos) {
        if (step instanceof ReadOn readOn) {
            if (readOn.gotOn()) {
                incidentIsOver();
                startedOver = false;
            }
            if (progress.isAtEnd()) {
                end();
            }
        } else if (step instanceof OpenAgain again) {
            openAgain(again.purpose(), nowNanos);
        } else if (step instanceof TryAgain tryAgain) {
            retryLater(tryAgain.reason(), nowNanos);
        } else if (step instanceof TryElsewhere elsewhere) {
            retryLater(elsewhere.reason(), nowNanos);
            servers.next();
        } else {
            end();
        }
    }

    private void end() {
        closeSubscription();
        phase = Phase.ENDED;
    }

    // ------------------------------------------------------------------------ failures

    private void onDisconnected(AmpsException cause, long nowNanos) {
        if (incident.isOpen()) {
            // Opened, but nothing has come of it: that, too, was a failed attempt.
            servers.next();
        }
        retryLater(cause, nowNanos);
    }

    private void retryLater(AmpsException reason, long nowNanos) {
        if (reason.kind() == AmpsException.Kind.FATAL) {
            throw reason;
        }
        boolean isNew = !incident.isOpen();
        long delay = incident.failed(nowNanos);
        context.metrics().errorRetried();
        if (incident.isOverdue(nowNanos)) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    String.format(
                            "%s could not be read for %d s (%d attempts), longer than"
                                    + " 'retry.deadline' allows. Last reason: %s",
                            progress,
                            incident.duration(nowNanos).toSeconds(),
                            incident.attempts(),
                            reason.getMessage()),
                    reason);
        }
        if (isNew) {
            LOG.warn(
                    "{}{} is interrupted and will be retried for {} ms: {}",
                    progress,
                    place(),
                    context.options().retryDeadline().toMillis(),
                    reason.getMessage());
        }
        closeSubscription();
        purpose = Purpose.RESUME;
        notBeforeNanos = nowNanos + delay;
        phase = Phase.WAITING;
    }

    private void incidentIsOver() {
        if (incident.isOpen()) {
            LOG.info("{}{} goes on, connected to {}.", progress, place(), servers.current());
            incident.succeeded();
        }
    }

    /** Where it goes on, for the log; nothing where the server alone knows. */
    private String place() {
        String point = progress.toSplit().resumePoint();
        return point.isEmpty() ? "" : " at " + point;
    }

    private long longestBackoffNanos() {
        return context.options().backoff().max().toNanos();
    }

    private void closeSubscription() {
        if (subscription != null) {
            progress.disconnected();
            context.workers().close(subscription);
            subscription = null;
        }
    }

    /** Gives up the split; whatever is open or being opened is closed. */
    void close() {
        if (attempt != null) {
            context.workers().cancel(attempt);
            attempt = null;
        }
        if (subscription != null) {
            progress.disconnected();
            Runnable farewell = progress.farewell(subscription.connection(), subscription.buffer());
            context.workers().close(subscription, farewell);
            subscription = null;
        }
        end();
    }
}
