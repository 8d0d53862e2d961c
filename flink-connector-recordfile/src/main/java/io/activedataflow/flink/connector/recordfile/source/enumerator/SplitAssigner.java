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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives splits to the readers that ask. A request that cannot be met waits until there is a split
 * for it, or until there will be none any more. Coordinator thread only.
 */
@Internal
final class SplitAssigner {

    /** What is known of the files when a reader asks. */
    enum Outlook {
        /** Nothing has been listed yet. */
        UNKNOWN,
        /** There may be more at any time. */
        OPEN,
        /** All files have been found. */
        COMPLETE
    }

    private final SplitEnumeratorContext<RecordFileSplit> context;
    private final SplitLedger ledger;

    /** What the readers that wait have asked for, by subtask, in the order in which they asked. */
    private final Map<Integer, Request> requests = new LinkedHashMap<>();

    private final SplitHolders holders;
    private final Set<Integer> toldThereIsNothing = new HashSet<>();
    private final Set<Integer> signalledNoMoreSplits = new HashSet<>();

    /**
     * @param host of the reader, if it is known
     * @param splits how many splits the reader still expects
     */
    private record Request(@Nullable String host, int splits) {}

    SplitAssigner(SplitEnumeratorContext<RecordFileSplit> context, SplitLedger ledger) {
        this.context = context;
        this.ledger = ledger;
        this.holders = new SplitHolders(context.currentParallelism());
    }

    /** A reader has registered, or its predecessor has gone: what that has asked for is void. */
    void forget(int subtask) {
        requests.remove(subtask);
        toldThereIsNothing.remove(subtask);
        signalledNoMoreSplits.remove(subtask);
        holders.forget(subtask);
    }

    /** A reader has these splits, after a restore. */
    void restored(int subtask, Collection<String> splitIds) {
        holders.took(subtask, splitIds);
    }

    /** A reader is done with these splits. */
    void finished(int subtask, Collection<String> splitIds) {
        holders.finished(subtask, splitIds);
    }

    /** A reader asks for a split; it may get more than one, and ask for more than one. */
    void requested(int subtask, @Nullable String host) {
        if (signalledNoMoreSplits.contains(subtask)) {
            // It is about to end. What has come back since is for the reader that has failed.
            return;
        }
        Request earlier = requests.get(subtask);
        requests.put(subtask, new Request(host, earlier == null ? 1 : earlier.splits + 1));
        // It may not have been without splits when it was told before.
        toldThereIsNothing.remove(subtask);
    }

    /** Meets all requests that can be met. */
    void serveAll(Outlook outlook) {
        for (int subtask : List.copyOf(requests.keySet())) {
            serve(subtask, outlook);
        }
    }

    private void serve(int subtask, Outlook outlook) {
        if (!context.registeredReaders().containsKey(subtask)) {
            requests.remove(subtask);
            return;
        }
        Request request = requests.get(subtask);
        List<RecordFileSplit> splits = new ArrayList<>();
        while (splits.size() < request.splits) {
            List<RecordFileSplit> batch =
                    ledger.take(
                            subtask,
                            request.host,
                            holders.holdsAny(subtask),
                            holders.countOfOthersWithout(subtask));
            if (batch.isEmpty()) {
                break;
            }
            splits.addAll(batch);
            holders.took(subtask, batch.stream().map(RecordFileSplit::splitId).toList());
        }
        if (!splits.isEmpty()) {
            toldThereIsNothing.remove(subtask);
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
        }
        if (splits.size() >= request.splits) {
            requests.remove(subtask);
            return;
        }
        requests.put(subtask, new Request(request.host, request.splits - splits.size()));
        if (!ledger.mayGet(subtask)) {
            thereIsNothing(subtask, outlook);
        }
    }

    private void thereIsNothing(int subtask, Outlook outlook) {
        if (outlook == Outlook.COMPLETE) {
            requests.remove(subtask);
            signalledNoMoreSplits.add(subtask);
            holders.needsNoMore(subtask);
            context.signalNoMoreSplits(subtask);
        } else if (outlook == Outlook.OPEN && toldThereIsNothing.add(subtask)) {
            context.sendEventToSourceReader(subtask, new NothingToReadEvent());
        }
    }
}
