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
import io.activedataflow.flink.connector.amps.source.split.CoveredMessagesEvent;
import io.activedataflow.flink.connector.amps.source.split.LeasesAcknowledgedEvent;
import io.activedataflow.flink.connector.amps.source.split.QueuesOpenEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps readers from subscribing to queues until everybody who has been restored has acknowledged
 * what it was restored with: otherwise a queue could deliver to one reader what another has in its
 * state. After a failure those wait for each other that have failed together; the others go on.
 *
 * <p>It hands on which messages these were, too, so that they are recognised wherever a queue
 * delivers them again. Coordinator thread.
 */
@Internal
final class QueueGate {

    private final SplitEnumeratorContext<AmpsSplit> context;
    private final Set<Integer> acknowledged = new HashSet<>();
    private final Set<Integer> letThrough = new HashSet<>();
    private final Map<Integer, List<CoveredMessagesEvent>> covered = new TreeMap<>();

    QueueGate(SplitEnumeratorContext<AmpsSplit> context) {
        this.context = context;
    }

    /**
     * A reader has failed, or has registered for the first time or again: it begins with its state.
     * Those that fail together are all reported as failed before the first of them registers.
     */
    void readerIsRestored(int subtask) {
        acknowledged.remove(subtask);
        letThrough.remove(subtask);
        covered.remove(subtask);
    }

    /** Takes an event; false if it is none of these. */
    boolean handle(int subtask, SourceEvent event) {
        if (event instanceof CoveredMessagesEvent messages) {
            covered.computeIfAbsent(subtask, s -> new ArrayList<>()).add(messages);
            letThrough.forEach(reader -> send(reader, messages));
            return true;
        }
        if (event instanceof LeasesAcknowledgedEvent) {
            acknowledged.add(subtask);
            if (acknowledged.size() >= context.currentParallelism()) {
                acknowledged.stream().sorted().filter(letThrough::add).forEach(this::letThrough);
            }
            return true;
        }
        return false;
    }

    private void letThrough(int subtask) {
        covered.values().forEach(events -> events.forEach(event -> send(subtask, event)));
        send(subtask, new QueuesOpenEvent());
    }

    /** A reader that has just failed gets nothing; it will ask again. */
    private void send(int subtask, SourceEvent event) {
        if (context.registeredReaders().containsKey(subtask)) {
            context.sendEventToSourceReader(subtask, event);
        }
    }
}
