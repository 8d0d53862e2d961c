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
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Completed;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Event;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.GroupEnd;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.SowKeySet;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * How far a query of the state of the world has been handed on. The server has no cursor: a query
 * that breaks off is sent again, whole, and the keys that were handed on before are left out.
 * Fetcher thread only.
 */
@Internal
final class QueryProgress implements SplitProgress {

    private final SubscriptionContext context;
    private final AmpsSplit split;
    private final int limit;

    /** Of all records handed on, in this run and before. */
    private final SowKeySet keys;

    private String server = "";
    private boolean groupEnded;

    QueryProgress(AmpsSplit restored, SubscriptionContext context) {
        this.context = context;
        this.keys = new SowKeySet(((KindState.Snapshot) restored.kindState()).keys());
        this.split = restored.withKindState(KindState.Snapshot.BEGINNING);
        KindOptions.Snapshot options = (KindOptions.Snapshot) context.options().kindOptions();
        this.limit = options.isLimited() ? options.topN() : Integer.MAX_VALUE;
    }

    @Override
    public String splitId() {
        return split.splitId();
    }

    /** Without the keys, which nobody needs for opening it. */
    @Override
    public AmpsSplit toSplit() {
        return split;
    }

    /** Servers may round a limit up to whole batches. */
    @Override
    public boolean isAtEnd() {
        return keys.size() >= limit;
    }

    @Override
    public void opened(String onServer, From from, @Nullable ReplayEnd newEnd) {
        server = onServer;
        groupEnded = false;
    }

    @Override
    public void lost(DataLoss loss) {
        throw loss.refusal();
    }

    @Override
    public Step onMessages(Messages messages, MessageBatch.Builder batch) {
        MessageChunk chunk = messages.chunk();
        int repeated = 0;
        int end = messages.from();
        for (; end < messages.to() && !isAtEnd(); end++) {
            RecordKeys.require(chunk, end, server);
            if (!RecordKeys.add(keys, chunk, end)) {
                chunk.drop(end);
                repeated++;
            }
        }
        if (repeated > 0) {
            context.metrics().duplicatesDropped(repeated);
        }
        batch.messages(splitId(), server, chunk, messages.from(), end);
        context.metrics()
                .fetched(chunk.timestampMicros(messages.to() - 1), System.currentTimeMillis());
        return end - messages.from() > repeated ? Step.GOT_ON : Step.GO_ON;
    }

    @Override
    public Step onEvent(Event event) {
        if (event instanceof GroupEnd) {
            groupEnded = true;
        } else if (event instanceof Completed) {
            if (!groupEnded) {
                return new Step.TryAgain(brokenOff(server, splitId()));
            }
            context.metrics().snapshotTaken();
            return Step.END;
        }
        return Step.GO_ON;
    }

    /** A server that says a query is complete, but has not sent the end of its records. */
    static AmpsException brokenOff(String server, String splitId) {
        return new AmpsException(
                AmpsException.Kind.RETRIABLE,
                "The query of "
                        + splitId
                        + " at AMPS server "
                        + server
                        + " was acknowledged as completed before the end of its records. If it"
                        + " lasts, see the server's log.",
                null);
    }

    @Override
    public void handOnUpdates(MessageBatch.Builder batch) {
        // Messages say it all.
    }

    @Override
    public String toString() {
        return "AMPS split " + splitId();
    }
}
