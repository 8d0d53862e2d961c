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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Completed;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Event;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.GroupBegin;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.GroupEnd;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;
import io.activedataflow.flink.connector.amps.source.split.SowKeys;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the state of the world and what follows has been handed on. It is read in one of two
 * ways: by a query, whose records come first, or, where the log has everything that came after such
 * a query, by a replay of the log. Fetcher thread only.
 */
@Internal
final class FollowedProgress implements SplitProgress {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedProgress.class);

    /** The start that stands for the state of the world as it is. */
    private static final String AS_IT_IS = "";

    private final SubscriptionContext context;
    private AmpsSplit split;
    private final ReplayProgress replay;
    private boolean canResume;
    private final int limit;
    private final @Nullable TrackedKeys tracked;
    private final List<SplitUpdate> updates = new ArrayList<>();

    private String server = "";

    /** Whether the log is being replayed, rather than a query answered and followed. */
    private boolean replaying;

    /** Whether all records of a query have been handed on, so that updates can follow them. */
    private boolean complete;

    private boolean groupEnded;
    private int records;
    private long latestMicros = ReplayPosition.UNKNOWN_TIME;

    FollowedProgress(AmpsSplit restored, SubscriptionContext context) {
        this.context = context;
        this.canResume = context.planner().canResume(restored);
        KindState.Snapshot state = (KindState.Snapshot) restored.kindState();
        this.complete = state.complete() && canResume;
        AmpsSplit withoutKeys =
                restored.withKindState(new KindState.Snapshot(complete, SowKeys.NONE));
        this.split = complete ? withoutKeys : withoutKeys.withPosition(ReplayPosition.NONE);
        this.replay = new ReplayProgress(split, context);
        KindOptions.Snapshot options = (KindOptions.Snapshot) context.options().kindOptions();
        this.limit = options.isLimited() ? options.topN() : Integer.MAX_VALUE;
        this.tracked = options.trackKeys() ? new TrackedKeys(state.keys()) : null;
    }

    @Override
    public String splitId() {
        return split.splitId();
    }

    /** Without the keys, which nobody needs for opening it. */
    @Override
    public AmpsSplit toSplit() {
        AmpsSplit reached =
                complete && canResume ? replay.toSplit() : split.withPosition(ReplayPosition.NONE);
        return reached.withKindState(new KindState.Snapshot(complete, SowKeys.NONE));
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    // ------------------------------------------------------------------------ opening

    @Override
    public void opened(String onServer, From from, @Nullable ReplayEnd newEnd) {
        server = onServer;
        replaying = from != From.QUERY;
        if (replaying) {
            replay.opened(onServer, from, newEnd);
            return;
        }
        beginAnew();
        replay.follow(onServer);
    }

    private void beginAnew() {
        complete = false;
        groupEnded = false;
        records = 0;
        replay.forget();
        if (tracked != null) {
            tracked.snapshotBegins();
        }
        updates.add(SplitUpdate.SNAPSHOT_BEGUN);
    }

    /** What the log cannot continue is taken from a query again, if the policy says so. */
    @Override
    public void lost(DataLoss loss) {
        if (context.options().dataLossPolicy() == AmpsDataLossPolicy.FAIL) {
            throw loss.refusal();
        }
        LOG.warn(
                "{} Its records are taken again, as 'scan.on-data-loss' does not say 'fail'.",
                loss.describe());
        context.metrics().dataLoss();
        // A start in the past would be refused just so.
        split = split.withStart(AS_IT_IS);
        canResume = context.planner().canResume(split);
        updates.add(new SplitUpdate.Restarted(AS_IT_IS));
        beginAnew();
    }

    // ------------------------------------------------------------------------ reading

    @Override
    public Step onMessages(Messages messages, MessageBatch.Builder batch) {
        if (replaying) {
            return replay.onMessages(messages, batch);
        }
        MessageChunk chunk = messages.chunk();
        for (int i = messages.from(); i < messages.to(); i++) {
            take(chunk, i);
        }
        batch.messages(splitId(), server, chunk, messages.from(), messages.to());
        long micros = chunk.timestampMicros(messages.to() - 1);
        latestMicros = Math.max(latestMicros, micros);
        context.metrics().fetched(micros, System.currentTimeMillis());
        // Records that come again and again, but never to an end, are no progress.
        return complete ? Step.GOT_ON : Step.GO_ON;
    }

    private void take(MessageChunk chunk, int i) {
        if (chunk.command(i) == AmpsCommand.SOW) {
            if (records == limit) {
                // Servers may round a limit up to whole batches.
                chunk.drop(i);
                return;
            }
            records++;
        } else if (complete && canResume && chunk.hasBookmark(i)) {
            replay.followed(chunk, i);
        }
        if (tracked != null) {
            RecordKeys.require(chunk, i, server);
            tracked.handedOn(chunk, i);
        }
    }

    @Override
    public Step onEvent(Event event) {
        if (replaying) {
            return event instanceof GroupBegin || event instanceof GroupEnd
                    ? Step.GO_ON
                    : replay.onEvent(event);
        }
        if (event instanceof GroupEnd) {
            groupEnded = true;
        } else if (event instanceof Completed && !complete) {
            if (!groupEnded) {
                return new Step.TryAgain(QueryProgress.brokenOff(server, splitId()));
            }
            completed();
            context.metrics().snapshotTaken();
            return Step.GOT_ON;
        }
        return Step.GO_ON;
    }

    private void completed() {
        complete = true;
        updates.add(SplitUpdate.SNAPSHOT_COMPLETED);
        if (tracked != null) {
            tracked.snapshotCompleted();
        }
    }

    @Override
    public void handOnUpdates(MessageBatch.Builder batch) {
        if (!updates.isEmpty()) {
            updates.forEach(update -> batch.update(splitId(), update));
            updates.clear();
        }
        replay.handOnUpdates(batch);
    }

    @Override
    public boolean hasPending() {
        return tracked != null && tracked.hasMissing();
    }

    @Override
    public void handOnPending(MessageBatch.Builder batch) {
        int told = tracked.handOnMissing(splitId(), server, latestMicros, batch);
        context.metrics().missingTold(told);
    }

    @Override
    public String toString() {
        return "AMPS split " + splitId();
    }
}
