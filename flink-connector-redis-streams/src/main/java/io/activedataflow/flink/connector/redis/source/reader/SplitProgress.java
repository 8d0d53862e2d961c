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

import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RetryIncident;
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.client.StreamReadPosition;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Optional;

import static io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.UNKNOWN_ENTRIES_READ;

/**
 * How far a split has been fetched and what is known of its stream. Fetcher thread only, but for
 * {@link #splitId}, {@link #pendingEntries} and {@link #countPending}.
 */
@Internal
final class SplitProgress {

    /** Where a split is in its life. */
    enum Phase {
        /** Its position has to be compared with the server before anything is read. */
        UNVERIFIED,
        /** It is read. */
        READING,
        /** Its stream was reset; nothing is read until the bookmark is back. */
        WAITING,
        /** It was read to its end, or taken away. */
        ENDED
    }

    private final int partition;
    private final StreamReadPosition position;
    private final StopCondition stop;
    private final ContinuityAudit continuity = new ContinuityAudit();
    private final PendingCount pending;
    private final RetryIncident incident;

    private long entriesRead;
    private boolean strict;
    private boolean seen;
    private boolean bookmarkIsEntry;

    private Phase phase = Phase.UNVERIFIED;
    private boolean paused;
    private @Nullable RedisNode node;
    private @Nullable RedisNode askNode;
    private @Nullable RedisNode inFlightOn;
    private boolean questionOpen;
    private boolean questionOutdated;
    private boolean questionFailed;
    private boolean observationWanted;
    private boolean askedOutOfSuspicion;
    private @Nullable StreamObservation postponed;
    private long nextAttemptNanos = System.nanoTime();
    private int emptyReads;

    SplitProgress(RedisStreamsSplit split, RetryIncident incident) {
        this.partition = split.partition();
        this.position = new StreamReadPosition(split.streamKey(), split.bookmark());
        this.stop = new StopCondition(split.stop());
        this.entriesRead = split.entriesRead();
        this.strict = split.strict();
        this.seen = split.seen();
        // A start given by hand, or by a group's cursor, is strict but not seen.
        this.bookmarkIsEntry = split.strict() && split.seen();
        this.incident = incident;
        this.pending = new PendingCount(split.bookmark(), split.entriesRead());
    }

    // ------------------------------------------------------------------------ reading

    String splitId() {
        return position.streamKey();
    }

    int partition() {
        return partition;
    }

    StreamReadPosition position() {
        return position;
    }

    StopCondition stop() {
        return stop;
    }

    long entriesRead() {
        return entriesRead;
    }

    /**
     * Takes over entries that are about to be handed on.
     *
     * @return the ordinal of the entry before the first of them, or unknown
     */
    long advance(EntryBuffer buffer, int from, int to) {
        if (!strict) {
            entriesRead = continuity.begin(buffer, from, entriesRead);
        }
        long before = continuity.onEntries(buffer, from, to, entriesRead);
        entriesRead = before == UNKNOWN_ENTRIES_READ ? before : before + (to - from);
        position.moveTo(buffer.idMilliseconds(to - 1), buffer.idSequence(to - 1));
        strict = true;
        seen = true;
        bookmarkIsEntry = true;
        emptyReads = 0;
        pending.update(position.id(), entriesRead);
        return before;
    }

    int countEmptyRead() {
        return ++emptyReads;
    }

    /** Whether nothing up to the stop can be left. */
    boolean isAtStop() {
        return stop.isReached(position.id());
    }

    /** Whether entries are missing; a split must not end before it is known why. */
    boolean isSuspicious() {
        return continuity.isSuspicious();
    }

    /** Whether it may end at its stop. */
    boolean isFinished() {
        return isAtStop() && !isSuspicious();
    }

    // ------------------------------------------------------------------------ observing

    StreamObservation.Question question(boolean replica) {
        return new StreamObservation.Question(
                splitId(),
                position.id(),
                strict,
                seen,
                phase != Phase.READING && bookmarkIsEntry,
                stop.needsServerTime(),
                replica && !stop.isServerPast());
    }

    /** Judges an observation; no reply may be under way. */
    PositionAudit.Verdict judge(StreamObservation observation) {
        boolean atStop = isAtStop();
        // An observation from before the gap was found may be from before it came about, too.
        if (continuity.isSuspicious()
                && askedOutOfSuspicion
                && (atStop || observation.info().isPresent())) {
            PositionAudit.Verdict verdict = continuity.settle(observation.info(), entriesRead);
            if (!(verdict instanceof PositionAudit.Intact intact)) {
                return verdict;
            }
            entriesRead = intact.entriesRead();
        }
        if (atStop) {
            // Only the gap matters; what has become of the stream since does not.
            return new PositionAudit.Intact(entriesRead);
        }
        return PositionAudit.judge(
                new PositionAudit.Position(position.id(), entriesRead, strict, bookmarkIsEntry),
                observation);
    }

    /** Takes up an observation that was judged, and whose loss, if any, was accepted. */
    void accept(StreamObservation observation, long newEntriesRead) {
        entriesRead = newEntriesRead;
        continuity.observed(observation.info());
        if (observation.info().isPresent()) {
            seen = true;
            continuity.arm(observation.info().get(), position.id());
            entriesRead = continuity.onPosition(position.id(), entriesRead);
        }
        pending.observe(observation.info());
        pending.update(position.id(), entriesRead);
        if (emptyReads > 0) {
            stop.observe(observation);
        }
    }

    /**
     * Whether the split must be located anew before it can end: a replica that has nothing more may
     * just be behind, only the master's word counts.
     */
    boolean mustFinishOnMaster(StreamObservation observation) {
        return stop.isServerPast() && observation.asked().replica();
    }

    /** Goes back to the beginning of a stream that was reset. */
    void rewind(StreamObservation observation) {
        position.moveTo(0L, 0L);
        strict = false;
        bookmarkIsEntry = false;
        seen = observation.info().isPresent();
        entriesRead =
                observation
                        .info()
                        .filter(StreamInfo::countsEntries)
                        .map(info -> info.entriesAdded() - info.length())
                        .orElse(UNKNOWN_ENTRIES_READ);
        stop.rewind();
        emptyReads = 0;
        continuity.reset();
    }

    /** How many entries of the stream have not been fetched, or unknown. Any thread. */
    long pendingEntries() {
        return pending.get();
    }

    /** Takes note of how much there is to fetch, and of nothing else. Any thread. */
    void countPending(Optional<StreamInfo> stream) {
        pending.observe(stream);
    }

    // ------------------------------------------------------------------------ life cycle

    Phase phase() {
        return phase;
    }

    /** Whether the server should be asked about the stream now. */
    boolean isQuestionDue(long nowNanos, boolean periodicCheck) {
        if (questionOpen || postponed != null || phase == Phase.ENDED) {
            return false;
        }
        return phase == Phase.READING
                ? periodicCheck || observationWanted || continuity.isSuspicious() && !questionFailed
                : nowNanos - nextAttemptNanos >= 0;
    }

    void questionPut() {
        questionOpen = true;
        questionOutdated = false;
        questionFailed = false;
        observationWanted = false;
        askedOutOfSuspicion = continuity.isSuspicious();
    }

    /**
     * Takes note that the answer has come.
     *
     * @return whether it may be used; what was asked before the connection was lost is no answer to
     *     the question whether everything is still there afterwards
     */
    boolean questionAnswered() {
        questionOpen = false;
        return !questionOutdated;
    }

    /** Leaves it to the next periodic check to ask again what could not be answered. */
    void questionFailed() {
        questionFailed = true;
    }

    /** Asks for an observation before the next periodic one. */
    void wantObservation() {
        observationWanted = true;
    }

    /** Keeps an observation until the reply that was under way meanwhile has been taken over. */
    void postpone(StreamObservation observation) {
        postponed = observation;
    }

    @Nullable
    StreamObservation takePostponed() {
        StreamObservation observation = postponed;
        postponed = null;
        return observation;
    }

    void readFrom(RedisNode newNode) {
        if (phase != Phase.READING) {
            phase = Phase.READING;
            node = newNode;
        }
    }

    void verifyAgain() {
        phase = Phase.UNVERIFIED;
        questionOutdated = true;
        askNode = null;
        postponed = null;
    }

    void waitUntil(long nanos) {
        phase = Phase.WAITING;
        nextAttemptNanos = nanos;
    }

    void end() {
        phase = Phase.ENDED;
    }

    boolean isReadable(long nowNanos) {
        return phase == Phase.READING
                && !paused
                && nowNanos - nextAttemptNanos >= 0
                && !(isSuspicious() && isAtStop());
    }

    /** Whether nothing is read for other reasons than errors, so that no incident goes on. */
    boolean isAtRest() {
        return phase == Phase.WAITING || phase == Phase.READING && paused && !isInFlight();
    }

    /** Whether the connection to this node is of use to the split, now or once it is resumed. */
    boolean isReadFrom(RedisNode someNode) {
        return phase == Phase.READING && someNode.equals(node);
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean isPaused) {
        paused = isPaused;
    }

    long nextAttemptNanos() {
        return nextAttemptNanos;
    }

    void notBefore(long nanos) {
        nextAttemptNanos = nanos;
    }

    RetryIncident incident() {
        return incident;
    }

    /** The node that the split is read from. */
    @Nullable
    RedisNode node() {
        return node;
    }

    /** The node that the next read alone goes to, while the stream's slot is being migrated. */
    @Nullable
    RedisNode askNode() {
        return askNode;
    }

    void setAskNode(@Nullable RedisNode once) {
        askNode = once;
    }

    boolean isInFlight() {
        return inFlightOn != null;
    }

    /** Whether a read of this split has been sent to the node and not been answered. */
    boolean isInFlightOn(RedisNode someNode) {
        return someNode.equals(inFlightOn);
    }

    /**
     * Whether a read of this split is under way to the node or would go there next. A read under
     * way to another node is unharmed: its reply will come, and must not be read a second time.
     */
    boolean dependsOn(RedisNode someNode) {
        if (isInFlight()) {
            return isInFlightOn(someNode);
        }
        return phase == Phase.READING && (someNode.equals(node) || someNode.equals(askNode));
    }

    void setInFlightOn(@Nullable RedisNode someNode) {
        inFlightOn = someNode;
    }
}
