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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.WireBookmarks;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Completed;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Event;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Persisted;
import io.activedataflow.flink.connector.amps.source.reader.OpenRequest.Purpose;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.reader.ReplayVerifier.Verdict;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;
import io.activedataflow.flink.connector.amps.source.split.ReplayTracker;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a replay of the log, or a live subscription, has been handed on, and what of it must not
 * be handed on again. Everything that changes the position besides messages goes to the state of
 * the split as a {@link SplitUpdate}, in its place between the messages. Fetcher thread only.
 */
@Internal
final class ReplayProgress implements SplitProgress {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayProgress.class);

    private final SubscriptionContext context;
    private final ReplayTracker tracker;
    private final List<SplitUpdate> updates = new ArrayList<>();
    private AmpsSplit split;
    private long remaining;

    private String server = "";
    private @Nullable From openedFrom;
    private @Nullable ReplayVerifier verifier;
    private boolean replayCompleted;
    private boolean quietSinceAck;
    private int dropped;
    private @Nullable AmpsBookmark lastMove;

    ReplayProgress(AmpsSplit split, SubscriptionContext context) {
        this.context = context;
        this.split = split;
        this.tracker = new ReplayTracker(split.position(), context.options().pruning());
        this.remaining = split.remaining();
    }

    @Override
    public String splitId() {
        return split.splitId();
    }

    @Override
    public AmpsSplit toSplit() {
        return split.withPosition(tracker.toPosition()).withRemaining(remaining);
    }

    @Override
    public boolean isAtEnd() {
        ReplayEnd end = split.end();
        return remaining == 0 || (end != null && end.isBeforeEverything());
    }

    /** Whether the end of the replay is the end of the split. */
    private boolean hasEndInLog() {
        return split.end() != null;
    }

    /** Whether the end was found in a log, rather than named by the user. */
    private boolean endIsOfLog() {
        return split.end() != null && split.end().server() != null;
    }

    /** Why the end of a log that is behind cannot be the end of the split. */
    private AmpsException lagsBehind() {
        return new AmpsException(
                AmpsException.Kind.RETRIABLE,
                "The transaction log of "
                        + server
                        + " does not have the last message read from "
                        + tracker.toPosition().server()
                        + " yet, so that "
                        + splitId()
                        + " cannot be read to its end there. Check that replication works.",
                null);
    }

    // ------------------------------------------------------------------------ opening

    @Override
    public void opened(String onServer, From from, @Nullable ReplayEnd newEnd) {
        boolean isMove = isMove(onServer, from);
        openedFrom = from;
        server = onServer;
        if (newEnd != null) {
            endAt(newEnd);
        }
        ReplayPosition resumedAt = tracker.toPosition();
        verifier = context.planner().verifier(from, resumedAt);
        replayCompleted = false;
        quietSinceAck = false;
        lastMove = null;
        if (isMove) {
            context.metrics().failedOver();
            LOG.info(
                    "{} is resumed on {}, {}.",
                    this,
                    server,
                    from == From.TIME
                            ? "from the time of the last message less the overlap"
                            : "behind the last messages of "
                                    + resumedAt.publishers().size()
                                    + " publishers");
        }
    }

    /** Whether another server is read from than before; going back by time there is no other. */
    private boolean isMove(String onServer, From from) {
        return switch (from) {
            case NOWHERE, QUERY, START, BOOKMARK -> false;
            case PUBLISHERS -> !context.planner().isSameInstance(server, onServer);
            case TIME ->
                    openedFrom != From.PUBLISHERS && openedFrom != From.TIME
                            || !server.equals(onServer);
        };
    }

    /** Starts over where the data-loss policy says, or fails. */
    @Override
    public void lost(DataLoss loss) {
        AmpsDataLossPolicy policy = context.options().dataLossPolicy();
        if (policy == AmpsDataLossPolicy.FAIL) {
            throw loss.refusal();
        }
        String start = policy == AmpsDataLossPolicy.EARLIEST ? WireBookmarks.EPOCH : loss.latest();
        LOG.warn("{} It goes on from '{}', as 'scan.on-data-loss' says.", loss.describe(), start);
        context.metrics().dataLoss();
        tracker.clear();
        lastMove = null;
        split = split.withStart(start);
        updates.add(new SplitUpdate.Restarted(start));
        if (loss.newEnd() != null) {
            endAt(loss.newEnd());
        }
    }

    private void endAt(ReplayEnd end) {
        split = split.withEnd(end);
        updates.add(new SplitUpdate.EndTaken(end));
    }

    // ------------------------------------------------------------------------ following a query

    /** What is read comes from this server, behind the records of a query. */
    void follow(String onServer) {
        server = onServer;
        openedFrom = From.QUERY;
    }

    /** A message that follows the records of a query has been handed on. */
    void followed(MessageChunk chunk, int i) {
        tracker.advance(server, chunk.publisherId(i), chunk.sequence(i), chunk.timestampMicros(i));
    }

    /** Forgets how far the log was read. */
    void forget() {
        tracker.clear();
        lastMove = null;
    }

    // ------------------------------------------------------------------------ reading

    @Override
    public Step onMessages(Messages messages, MessageBatch.Builder batch) {
        Verdict verdict = verify(messages);
        if (verdict != Verdict.GO_ON) {
            return reopen(verdict);
        }
        return handOn(messages, batch) ? Step.GOT_ON : Step.GO_ON;
    }

    @Override
    public Step onEvent(Event event) {
        if (event instanceof Persisted persisted) {
            persisted(persisted.bookmark());
            return Step.GO_ON;
        }
        if (event instanceof Completed completed) {
            return completed(completed.bookmark());
        }
        throw new IllegalStateException(this + " cannot have got " + event);
    }

    private Step completed(@Nullable AmpsBookmark bookmark) {
        Verdict verdict = verifier.nothingToReplay();
        if (verdict == Verdict.BEHIND && endIsOfLog()) {
            return new Step.TryElsewhere(lagsBehind());
        }
        if (verdict == Verdict.REOPEN_BY_TIME) {
            return reopen(verdict);
        }
        if (hasEndInLog()) {
            return Step.END;
        }
        replayCompleted(bookmark);
        return Step.GO_ON;
    }

    private static Step reopen(Verdict verdict) {
        return new Step.OpenAgain(
                verdict == Verdict.DATA_LOSS ? Purpose.INSPECT_LOSS : Purpose.RESUME_BY_TIME);
    }

    /** Whether the replay that these messages may be the first of reaches back far enough. */
    private Verdict verify(Messages messages) {
        if (!verifier.isUndecided()) {
            return Verdict.GO_ON;
        }
        MessageChunk chunk = messages.chunk();
        int first = messages.from();
        requireBookmark(chunk, first);
        return verifier.firstMessage(
                chunk.timestampMicros(first),
                tracker.hasPassed(chunk.publisherId(first), chunk.sequence(first)));
    }

    /**
     * Hands on messages, without those that were handed on before.
     *
     * @return whether there were others than those
     */
    private boolean handOn(Messages messages, MessageBatch.Builder batch) {
        MessageChunk chunk = messages.chunk();
        dropped = 0;
        int end =
                split.kind() == AmpsSubscriptionKind.LIVE
                        ? countAll(messages)
                        : passNew(chunk, messages.from(), messages.to());
        quietSinceAck = false;
        lastMove = null;
        batch.messages(split.splitId(), server, chunk, messages.from(), end);
        context.metrics()
                .fetched(chunk.timestampMicros(messages.to() - 1), System.currentTimeMillis());
        return end - messages.from() > dropped;
    }

    private int countAll(Messages messages) {
        long count = messages.to() - messages.from();
        if (remaining == AmpsSplit.UNLIMITED) {
            return messages.to();
        }
        long taken = Math.min(remaining, count);
        remaining -= taken;
        return messages.from() + (int) taken;
    }

    private int passNew(MessageChunk chunk, int from, int to) {
        int i = from;
        for (; i < to && remaining != 0; i++) {
            requireBookmark(chunk, i);
            long publisherId = chunk.publisherId(i);
            long sequence = chunk.sequence(i);
            if (tracker.hasPassed(publisherId, sequence)) {
                chunk.drop(i);
                dropped++;
                continue;
            }
            tracker.advance(server, publisherId, sequence, chunk.timestampMicros(i));
            if (remaining > 0) {
                remaining--;
            }
        }
        if (dropped > 0) {
            context.metrics().duplicatesDropped(dropped);
        }
        return i;
    }

    private void requireBookmark(MessageChunk chunk, int i) {
        if (!chunk.hasBookmark(i)) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    "A message of topic '"
                            + chunk.topic(i)
                            + "' came from "
                            + server
                            + " without a bookmark, so it cannot be read exactly once. Add the topic"
                            + " to the TransactionLog of the server, or subscribe to it with"
                            + " setSubscriptionKind(LIVE).",
                    null);
        }
    }

    /** The replay has come to where the log ended when it began. */
    private void replayCompleted(@Nullable AmpsBookmark bookmark) {
        replayCompleted = true;
        moveTo(bookmark);
        quietSinceAck = true;
    }

    /**
     * Moves the position along the log while nothing matches, so that it does not fall behind what
     * the log retains. Only after the replay, because an acknowledgement might run ahead of that,
     * and only if nothing has come since the one before, because a message is further ahead.
     */
    private void persisted(@Nullable AmpsBookmark bookmark) {
        if (replayCompleted && quietSinceAck) {
            moveTo(bookmark);
        }
        quietSinceAck = true;
    }

    private void moveTo(@Nullable AmpsBookmark bookmark) {
        if (bookmark != null && !bookmark.equals(lastMove)) {
            lastMove = bookmark;
            tracker.moveTo(server, bookmark);
            updates.add(new SplitUpdate.MovedTo(server, bookmark));
        }
    }

    @Override
    public void handOnUpdates(MessageBatch.Builder batch) {
        if (!updates.isEmpty()) {
            updates.forEach(update -> batch.update(split.splitId(), update));
            updates.clear();
        }
    }

    @Override
    public String toString() {
        return "AMPS split " + split.splitId();
    }
}
