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

import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.reader.SplitProgress.Phase;
import io.activedataflow.flink.connector.redis.source.reader.StreamObservation.Question;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks after the splits of a reader: compares their positions with the server before they are
 * read, after every lost connection and every now and then; retries what failed; ends what is
 * bounded. Nothing here waits for the server: questions go to the control thread, answers come back
 * between two reads. Fetcher thread only.
 */
@Internal
final class SplitSupervisor {

    private static final Logger LOG = LoggerFactory.getLogger(SplitSupervisor.class);

    private static final long SHORTEST_IDLE_NANOS = Signal.millis(2);
    private static final long LONGEST_IDLE_NANOS = Signal.millis(20);

    /** How many streams a warning names, with their positions. */
    private static final int STREAMS_NAMED = 8;

    /** Bounds how many reads a second idle streams cost a server in a cluster, to 10,000. */
    private static final long IDLE_NANOS_PER_STREAM = 100_000;

    private final ReaderOptions options;
    private final ReaderClient client;
    private final NodeChannels channels;
    private final Collection<SplitProgress> splits;
    private final PositionPolicies policies;
    private final RedisStreamsSourceReaderMetrics metrics;
    private final Consumer<SplitProgress> onEnd;

    private long nextCheckNanos = System.nanoTime();
    private boolean topologyIsDoubtful;
    private int openIncidents;
    private RedisStreamsCredentials credentials;
    private boolean credentialsUnavailable;
    private boolean inspectionsFail;
    private boolean credentialsAskedFor;

    /**
     * @param splits a live view of the reader's splits
     * @param onEnd takes bounded splits that have ended
     */
    SplitSupervisor(
            ReaderOptions options,
            ReaderClient client,
            NodeChannels channels,
            Collection<SplitProgress> splits,
            RedisStreamsSourceReaderMetrics metrics,
            Consumer<SplitProgress> onEnd) {
        this.options = options;
        this.client = client;
        this.channels = channels;
        this.splits = splits;
        this.policies = new PositionPolicies(options, metrics);
        this.metrics = metrics;
        this.onEnd = onEnd;
    }

    // ------------------------------------------------------------------------ asking

    /** Puts the questions that are due, and connects where there is something to read. */
    void doWhatIsDue(long nowNanos) {
        boolean check = nowNanos - nextCheckNanos >= 0;
        List<SplitProgress> asked = new ArrayList<>();
        for (SplitProgress split : splits) {
            if (split.incident().isOpen() && split.isAtRest()) {
                incidentOver(split);
            }
            if (split.isQuestionDue(nowNanos, check)) {
                split.questionPut();
                asked.add(split);
            }
        }
        if (!asked.isEmpty()) {
            ask(asked, check || topologyIsDoubtful);
            topologyIsDoubtful = false;
        }
        if (check) {
            nextCheckNanos = nowNanos + options.positionCheckInterval().toNanos();
            askForCredentials();
        }
        channels.connect(splits, nowNanos, this::channelFailed);
    }

    private void askForCredentials() {
        if (!credentialsAskedFor) {
            credentialsAskedFor = true;
            client.control().submit(client.redis()::currentCredentials, this::onCredentials);
        }
    }

    private void ask(List<SplitProgress> asked, boolean refreshTopology) {
        List<Question> questions = new ArrayList<>(asked.size());
        for (SplitProgress split : asked) {
            questions.add(split.question(options.readFromReplica()));
        }
        client.control()
                .submit(
                        () -> StreamInspector.inspect(client.redis(), questions, refreshTopology),
                        (answers, failure) -> onAnswers(asked, answers, failure));
    }

    private void onAnswers(
            List<SplitProgress> asked, List<StreamInspector.Answer> answers, Exception failure) {
        if (failure != null && !(failure instanceof RedisStreamsException)) {
            throw new IllegalStateException("Inspecting streams failed unexpectedly.", failure);
        }
        RedisStreamsException forAll = (RedisStreamsException) failure;
        boolean retried = false;
        for (int i = 0; i < asked.size(); i++) {
            SplitProgress split = asked.get(i);
            if (!split.questionAnswered() || split.phase() == Phase.ENDED) {
                continue;
            }
            RedisStreamsException reason = forAll != null ? forAll : answers.get(i).failure();
            if (reason != null) {
                inspectionFailed(split, reason);
                retried = true;
            } else if (split.isInFlight()) {
                split.postpone(answers.get(i).observation());
            } else {
                take(split, answers.get(i).observation());
            }
        }
        if (retried) {
            metrics.errorRetried();
        }
    }

    private void inspectionFailed(SplitProgress split, RedisStreamsException reason) {
        if (!reason.isRetriable()) {
            throw reason;
        }
        if (split.phase() == Phase.READING) {
            if (!inspectionsFail) {
                inspectionsFail = true;
                LOG.warn("Positions cannot be checked while reading: {}", reason.getMessage());
            }
            split.questionFailed();
        } else {
            retryLater(split, reason);
        }
    }

    private void take(SplitProgress split, StreamObservation observation) {
        inspectionsFail = false;
        // What has become of the stream of a finished split since is none of its business.
        if (!split.isFinished() && !policies.accept(split, observation)) {
            split.waitUntil(System.nanoTime() + options.positionCheckInterval().toNanos());
            return;
        }
        if (split.isFinished()) {
            onEnd.accept(split);
            return;
        }
        boolean moved = !observation.node().equals(split.node());
        boolean finishOnMaster = options.readFromReplica() && split.mustFinishOnMaster(observation);
        if (finishOnMaster || split.phase() == Phase.READING && moved) {
            split.verifyAgain();
        } else {
            split.readFrom(observation.node());
        }
    }

    private void onCredentials(RedisStreamsCredentials current, Exception failure) {
        credentialsAskedFor = false;
        if (failure != null) {
            // The connections there are go on with what they have; the next one needs an answer.
            if (!credentialsUnavailable) {
                LOG.warn("Rotated credentials cannot be looked for: {}", failure.getMessage());
            }
            credentialsUnavailable = true;
            return;
        }
        credentialsUnavailable = false;
        boolean rotated = credentials != null && !credentials.equals(current);
        credentials = current;
        if (rotated) {
            channels.reauthenticate(current, this::channelFailed);
        }
    }

    // ------------------------------------------------------------------------ reading

    /** A read of this split was answered. */
    void onReply(SplitProgress split, boolean hadEntries, long nowNanos) {
        split.setInFlightOn(null);
        // What is observed from here on may be news that the reply cannot have known.
        boolean serverWasPast = split.stop().isServerPast();
        if (split.incident().isOpen()) {
            incidentOver(split);
        }
        StreamObservation postponed = split.takePostponed();
        if (postponed != null) {
            take(split, postponed);
        }
        if (split.phase() == Phase.READING && !hadEntries) {
            onEmptyRead(split, serverWasPast, nowNanos);
        }
    }

    private void incidentOver(SplitProgress split) {
        split.incident().succeeded();
        if (--openIncidents == 0) {
            LOG.info(
                    "No stream has trouble any more; the last one, '{}', is read from {} again,"
                            + " after {}.",
                    split.splitId(),
                    split.node(),
                    split.position().id());
        }
    }

    private void onEmptyRead(SplitProgress split, boolean serverWasPast, long nowNanos) {
        int emptyReads = split.countEmptyRead();
        if ((serverWasPast || split.isAtStop()) && !split.isSuspicious()) {
            onEnd.accept(split);
            return;
        }
        if (split.stop().isBounded() && Integer.bitCount(emptyReads) == 1) {
            split.wantObservation();
        }
        if (!options.multiKeyReads()) {
            long grown = SHORTEST_IDLE_NANOS << Math.min(emptyReads, 8);
            long longest = Math.max(LONGEST_IDLE_NANOS, splits.size() * IDLE_NANOS_PER_STREAM);
            split.notBefore(nowNanos + Math.min(grown, longest));
        }
    }

    /** How long there is nothing to do, if nobody raises a signal. */
    long nanosUntilDue(long nowNanos, long longest) {
        long soonest = longest;
        for (SplitProgress split : splits) {
            long left = split.nextAttemptNanos() - nowNanos;
            if (left > 0 && !split.isPaused()) {
                soonest = Math.min(soonest, left);
            }
        }
        return soonest;
    }

    // ------------------------------------------------------------------------ failures

    /** A connection was lost, or could not be made. */
    void channelFailed(NodeChannel channel, RedisStreamsException reason) {
        if (!reason.isRetriable()) {
            throw reason;
        }
        metrics.errorRetried();
        channels.drop(channel);
        if (options.readFromReplica()) {
            client.redis().chooseAnotherReplica();
        }
        List<SplitProgress> concerned =
                splits.stream().filter(split -> split.dependsOn(channel.node())).toList();
        warnOfNewIncident(concerned, reason);
        for (SplitProgress split : concerned) {
            retryFailed(split, reason);
        }
    }

    /** Something failed that concerns one split; it starts over after a while. */
    void retryLater(SplitProgress split, RedisStreamsException reason) {
        warnOfNewIncident(List.of(split), reason);
        retryFailed(split, reason);
    }

    /** Once, however many streams and attempts it takes until all is well again. */
    private void warnOfNewIncident(List<SplitProgress> concerned, RedisStreamsException reason) {
        if (openIncidents == 0 && !concerned.isEmpty()) {
            LOG.warn(
                    "Reading is interrupted and will be retried for {} ms, at {}{}: {}",
                    options.retryDeadline().toMillis(),
                    concerned.stream()
                            .limit(STREAMS_NAMED)
                            .map(split -> split.splitId() + " after " + split.position().id())
                            .collect(Collectors.joining(", ")),
                    concerned.size() > STREAMS_NAMED ? " and others" : "",
                    reason.getMessage());
        }
    }

    private void retryFailed(SplitProgress split, RedisStreamsException reason) {
        long now = System.nanoTime();
        if (!split.incident().isOpen()) {
            openIncidents++;
        }
        long delay = split.incident().failed(now);
        if (split.incident().isOverdue(now)) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.FATAL,
                    String.format(
                            "Stream '%s' could not be read after %s for %d s (%d attempts), longer"
                                    + " than 'retry.deadline' allows. Last reason: %s",
                            split.splitId(),
                            split.position().id(),
                            split.incident().duration(now).toSeconds(),
                            split.incident().attempts(),
                            reason.getMessage()),
                    reason);
        }
        split.setInFlightOn(null);
        split.verifyAgain();
        split.notBefore(now + delay);
        topologyIsDoubtful = true;
    }

    /** A split is gone. */
    void ended(SplitProgress split) {
        if (split.incident().isOpen()) {
            openIncidents--;
        }
        split.end();
    }
}
