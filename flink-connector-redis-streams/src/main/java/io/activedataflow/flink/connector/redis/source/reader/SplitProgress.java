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

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RetryIncident;
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.client.StreamReadPosition;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import static io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.UNKNOWN_ENTRIES_READ;

/**
 * How far a split has been fetched and what is known of its stream. Fetcher thread only, but for
 * {@link #pendingEntries()}.
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

    static final long UNKNOWN_PENDING = -1L;

    private final int partition;
    private final @Nullable StopPoint stop;
    private final StreamReadPosition position;
    private final ContinuityAudit continuity = new ContinuityAudit();
    private final RetryIncident incident;

    private Phase phase = Phase.UNVERIFIED;
    private long entriesRead;
    private boolean strict;
    private boolean seen;
    private boolean paused;

    private @Nullable RedisNode node;
    private @Nullable RedisNode askNode;
    private @Nullable RedisNode inFlightOn;
    private boolean questionOpen;
    private boolean observationWanted;
    private @Nullable StreamObservation postponed;
    private boolean passedStop;
    private boolean endsOnEmptyRead;
    private long nextAttemptNanos = System.nanoTime();
    private int emptyReads;

    private volatile long pendingEntries = UNKNOWN_PENDING;
    private long addedWhenObserved = StreamInfo.UNKNOWN;
    private long lengthWhenObserved;
    private @Nullable StreamEntryId lastWhenObserved;

    SplitProgress(RedisStreamsSplit split, RetryIncident incident) {
        this.partition = split.partition();
        this.stop = split.stop();
        this.position = new StreamReadPosition(split.streamKey(), split.bookmark());
        this.entriesRead = split.entriesRead();
        this.strict = split.strict();
        this.seen = split.seen();
        this.incident = incident;
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

    long entriesRead() {
        return entriesRead;
    }

    boolean isBounded() {
        return stop != null;
    }

    boolean stopsByTime() {
        return stop != null && stop.byTime();
    }

    /** Whether nothing up to the stop can be left. */
    boolean isAtStop() {
        return stop != null && !stop.lastId().isAfter(position.id());
    }

    /** The index after the last entry of a section that still belongs to the split. */
    int endWithin(EntryBuffer buffer, int from, int to) {
        if (stop == null || !isBeyondStop(buffer, to - 1)) {
            return to;
        }
        int within = from;
        int beyond = to - 1;
        while (within < beyond) {
            int middle = (within + beyond) >>> 1;
            if (isBeyondStop(buffer, middle)) {
                beyond = middle;
            } else {
                within = middle + 1;
            }
        }
        passedStop = true;
        return within;
    }

    private boolean isBeyondStop(EntryBuffer buffer, int entry) {
        return StreamEntryId.compare(
                        buffer.idMilliseconds(entry),
                        buffer.idSequence(entry),
                        stop.lastId().milliseconds(),
                        stop.lastId().sequence())
                > 0;
    }

    /**
     * Takes over entries that are about to be handed on.
     *
     * @return the ordinal of the entry before the first of them, or unknown
     */
    long advance(EntryBuffer buffer, int from, int to) {
        long before = continuity.onEntries(buffer, from, to, entriesRead);
        entriesRead = before == UNKNOWN_ENTRIES_READ ? before : before + (to - from);
        position.moveTo(buffer.idMilliseconds(to - 1), buffer.idSequence(to - 1));
        strict = true;
        seen = true;
        emptyReads = 0;
        updatePending();
        return before;
    }

    /** Whether the split has ended, given that a read returned nothing more for it. */
    boolean endsHere() {
        return stop != null && (passedStop || endsOnEmptyRead || isAtStop());
    }

    boolean hasPassedStop() {
        return passedStop || isAtStop();
    }

    /**
     * Whether the split must be located anew before it can end: a replica that has nothing more may
     * just be behind, only the master's word counts.
     */
    boolean mustFinishOnMaster(StreamObservation observation) {
        return endsOnEmptyRead && observation.asked().replica();
    }

    int countEmptyRead() {
        return ++emptyReads;
    }

    // ------------------------------------------------------------------------ observing

    PositionAudit.Position auditPosition() {
        return new PositionAudit.Position(position.id(), entriesRead, strict, seen);
    }

    StreamObservation.Question question(boolean replica) {
        boolean verify = phase != Phase.READING;
        return new StreamObservation.Question(
                splitId(),
                position.id(),
                verify && strict && seen,
                stopsByTime(),
                replica && !endsOnEmptyRead);
    }

    /** Judges an observation; no reply may be under way. */
    PositionAudit.Verdict judge(StreamObservation observation) {
        if (continuity.isSuspicious() && observation.info().isPresent()) {
            PositionAudit.Verdict verdict = continuity.settle(observation.info().get(), entriesRead);
            if (!(verdict instanceof PositionAudit.Intact intact)) {
                return verdict;
            }
            entriesRead = intact.entriesRead();
        }
        return PositionAudit.judge(auditPosition(), observation);
    }

    /** Takes up an observation that was judged, and whose loss, if any, was accepted. */
    void accept(StreamObservation observation, long newEntriesRead) {
        entriesRead = newEntriesRead;
        if (observation.info().isPresent()) {
            StreamInfo info = observation.info().get();
            seen = true;
            addedWhenObserved = info.entriesAdded();
            lengthWhenObserved = info.length();
            lastWhenObserved = info.lastGeneratedId();
            continuity.arm(info, position.id());
            entriesRead = continuity.onPosition(position.id(), entriesRead);
        } else {
            addedWhenObserved = 0;
            lengthWhenObserved = 0;
            lastWhenObserved = StreamEntryId.ZERO;
        }
        updatePending();
        if (stop != null && emptyReads > 0 && isPastStop(observation)) {
            endsOnEmptyRead = true;
        }
    }

    private boolean isPastStop(StreamObservation observation) {
        boolean streamIsPast =
                observation
                        .info()
                        .map(info -> !stop.lastId().isAfter(info.lastGeneratedId()))
                        .orElse(false);
        return streamIsPast
                || stop.byTime()
                        && observation.serverTimeMillis().isPresent()
                        && Long.compareUnsigned(
                                        observation.serverTimeMillis().getAsLong(),
                                        stop.lastId().milliseconds())
                                > 0;
    }

    /** Goes back to the beginning of a stream that was reset. */
    void rewind(StreamObservation observation) {
        position.moveTo(0L, 0L);
        strict = false;
        seen = observation.info().isPresent();
        entriesRead =
                observation
                        .info()
                        .filter(StreamInfo::countsEntries)
                        .map(info -> info.entriesAdded() - info.length())
                        .orElse(UNKNOWN_ENTRIES_READ);
        passedStop = false;
        continuity.reset();
    }

    private void updatePending() {
        if (lastWhenObserved == null) {
            pendingEntries = UNKNOWN_PENDING;
        } else if (!lastWhenObserved.isAfter(position.id())) {
            pendingEntries = 0;
        } else if (addedWhenObserved == StreamInfo.UNKNOWN
                || entriesRead == UNKNOWN_ENTRIES_READ) {
            pendingEntries = UNKNOWN_PENDING;
        } else {
            pendingEntries =
                    Math.max(0, Math.min(lengthWhenObserved, addedWhenObserved - entriesRead));
        }
    }

    /** How many entries of the stream have not been fetched, or unknown. Any thread. */
    long pendingEntries() {
        return pendingEntries;
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
                ? periodicCheck || observationWanted || continuity.isSuspicious()
                : nowNanos - nextAttemptNanos >= 0;
    }

    void questionPut() {
        questionOpen = true;
        observationWanted = false;
    }

    void questionAnswered() {
        questionOpen = false;
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
        return phase == Phase.READING && !paused && nowNanos - nextAttemptNanos >= 0;
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

    void setInFlightOn(@Nullable RedisNode someNode) {
        inFlightOn = someNode;
    }
}
