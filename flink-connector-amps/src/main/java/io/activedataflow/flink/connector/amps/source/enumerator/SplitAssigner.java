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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.NothingToReadEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries out the plan of the ledger for the readers that are there, and tells each of them once
 * when there will be no more. Coordinator thread.
 */
@Internal
final class SplitAssigner {

    private final SplitEnumeratorContext<AmpsSplit> context;
    private final SplitLedger ledger;
    private final Set<Integer> signalledNoMoreSplits = new HashSet<>();
    private final Set<Integer> toldOfNothing = new HashSet<>();

    SplitAssigner(SplitEnumeratorContext<AmpsSplit> context, SplitLedger ledger) {
        this.context = context;
        this.ledger = ledger;
    }

    /** A reader has registered, for the first time or again. */
    void readerRegistered(int subtask, boolean allSplitsKnown) {
        signalledNoMoreSplits.remove(subtask);
        toldOfNothing.remove(subtask);
        assign(Set.of(subtask), allSplitsKnown);
    }

    /** Gives all registered readers what is planned for them. */
    void assignAll(boolean allSplitsKnown) {
        assign(Set.copyOf(context.registeredReaders().keySet()), allSplitsKnown);
    }

    /**
     * Gives what is planned for them to those of these readers that are registered.
     *
     * @param allSplitsKnown whether no split will be added to the ledger any more. Readers are then
     *     told so, unless something is still pending for them: a reader that has been told ends,
     *     and what would go to it afterwards would be lost.
     */
    void assign(Set<Integer> subtasks, boolean allSplitsKnown) {
        ledger.plan(context.currentParallelism());
        Set<Integer> present = new HashSet<>(subtasks);
        present.retainAll(context.registeredReaders().keySet());
        Map<Integer, List<AmpsSplit>> assignment = new HashMap<>();
        for (int subtask : present) {
            List<AmpsSplit> splits = ledger.take(subtask);
            if (!splits.isEmpty()) {
                assignment.put(subtask, splits);
            }
        }
        if (!assignment.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(assignment));
        }
        for (int subtask : present) {
            if (allSplitsKnown
                    && !ledger.isPendingFor(subtask)
                    && signalledNoMoreSplits.add(subtask)) {
                context.signalNoMoreSplits(subtask);
            }
        }
    }

    /** Tells those registered readers once that have no split, and for which none is meant. */
    void releaseIdleReaders() {
        for (int subtask : context.registeredReaders().keySet()) {
            if (!ledger.isPendingFor(subtask)
                    && !ledger.hasAssigned(subtask)
                    && toldOfNothing.add(subtask)) {
                context.sendEventToSourceReader(subtask, new NothingToReadEvent());
            }
        }
    }
}
