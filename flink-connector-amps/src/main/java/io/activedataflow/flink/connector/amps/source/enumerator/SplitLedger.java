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

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where each split is. A split is at exactly one place at any time:
 *
 * <ol>
 *   <li><em>unplanned</em>: known, but for no reader yet;
 *   <li><em>planned</em>: meant for one reader, and waiting for it to come;
 *   <li><em>assigned</em>: with a reader, or read to its end. After a restore the reader is unknown
 *       until it reports.
 * </ol>
 *
 * Splits of the first two places are in the state with their positions, those of the third by ID.
 * Pure; coordinator thread only.
 */
@Internal
final class SplitLedger {

    private static final int UNKNOWN_OWNER = -1;

    private final int seed;
    private final TreeSet<AmpsSplit> unplanned = new TreeSet<>();
    private final Map<Integer, Map<String, AmpsSplit>> planned = new HashMap<>();
    private final Set<String> unassignedIds = new HashSet<>();
    private final Map<String, Integer> assigned = new HashMap<>();

    private final Set<Integer> reported = new HashSet<>();
    private boolean waitingForReports;

    /** An empty ledger. */
    SplitLedger(int seed) {
        this.seed = seed;
    }

    /**
     * A ledger as it was in a checkpoint.
     *
     * @param seed where ties are broken from, so that not all sources begin with subtask 0
     * @param waitForReports whether nothing is planned before all readers have reported what they
     *     were restored with, or {@link #stopWaiting} is called
     */
    SplitLedger(
            int seed,
            Collection<String> assignedIds,
            Collection<AmpsSplit> unassigned,
            boolean waitForReports) {
        this(seed);
        add(unassigned);
        for (String id : assignedIds) {
            if (!unassignedIds.contains(id)) {
                assigned.put(id, UNKNOWN_OWNER);
            }
        }
        this.waitingForReports = waitForReports && !assigned.isEmpty();
    }

    boolean knows(String splitId) {
        return assigned.containsKey(splitId) || unassignedIds.contains(splitId);
    }

    boolean isEmpty() {
        return assigned.isEmpty() && unassignedIds.isEmpty();
    }

    Set<String> knownIds() {
        Set<String> ids = new HashSet<>(assigned.keySet());
        ids.addAll(unassignedIds);
        return ids;
    }

    Set<String> assignedIds() {
        return Set.copyOf(assigned.keySet());
    }

    List<AmpsSplit> unassigned() {
        List<AmpsSplit> splits = new ArrayList<>(unplanned);
        planned.values().forEach(plan -> splits.addAll(plan.values()));
        splits.sort(null);
        return splits;
    }

    int unassignedCount() {
        return unassignedIds.size();
    }

    /** Takes up splits that are not known yet, and ignores the others. */
    void add(Collection<AmpsSplit> splits) {
        for (AmpsSplit split : splits) {
            if (!knows(split.splitId())) {
                unassignedIds.add(split.splitId());
                unplanned.add(split);
            }
        }
    }

    /** Takes back splits of a reader that has failed, to be given to its successor. */
    void addBack(Collection<AmpsSplit> splits, int subtask) {
        for (AmpsSplit split : splits) {
            int owner = assigned.getOrDefault(split.splitId(), subtask);
            boolean withAnother = owner != subtask && owner != UNKNOWN_OWNER;
            if (!withAnother && unassignedIds.add(split.splitId())) {
                assigned.remove(split.splitId());
                planFor(subtask, split);
            }
        }
    }

    /**
     * Takes note of the splits that a reader has been restored with. A copy of such a split that is
     * still to be assigned is dropped: what the reader has is further ahead.
     */
    void report(int subtask, Collection<String> splitIds) {
        for (String id : splitIds) {
            if (unassignedIds.remove(id)) {
                unplanned.removeIf(split -> split.splitId().equals(id));
                planned.values().forEach(plan -> plan.remove(id));
            }
            assigned.put(id, subtask);
        }
        reported.add(subtask);
    }

    /** Plans from now on with what is known, whoever has not reported. */
    void stopWaiting() {
        waitingForReports = false;
    }

    /**
     * Plans each unplanned split for the subtask that has the fewest, counting what it has been
     * given and what is planned for it.
     */
    void plan(int parallelism) {
        waitingForReports &= reported.size() < parallelism;
        if (unplanned.isEmpty() || waitingForReports) {
            return;
        }
        int[] load = load(parallelism);
        for (AmpsSplit split : unplanned) {
            int subtask = leastLoaded(load);
            load[subtask]++;
            planFor(subtask, split);
        }
        unplanned.clear();
    }

    private int[] load(int parallelism) {
        int[] load = new int[parallelism];
        for (int owner : assigned.values()) {
            if (owner != UNKNOWN_OWNER && owner < parallelism) {
                load[owner]++;
            }
        }
        Arrays.setAll(load, s -> load[s] + planned.getOrDefault(s, Map.of()).size());
        return load;
    }

    private int leastLoaded(int[] load) {
        int first = Math.floorMod(seed, load.length);
        int best = first;
        for (int i = 1; i < load.length; i++) {
            int subtask = (first + i) % load.length;
            if (load[subtask] < load[best]) {
                best = subtask;
            }
        }
        return best;
    }

    private void planFor(int subtask, AmpsSplit split) {
        planned.computeIfAbsent(subtask, s -> new LinkedHashMap<>()).put(split.splitId(), split);
    }

    /** Hands out the splits that are planned for a reader that has come; they are now assigned. */
    List<AmpsSplit> take(int subtask) {
        Map<String, AmpsSplit> plan = planned.remove(subtask);
        if (plan == null) {
            return List.of();
        }
        for (String id : plan.keySet()) {
            unassignedIds.remove(id);
            assigned.put(id, subtask);
        }
        return List.copyOf(plan.values());
    }

    /** Whether a split is known to be with this reader, or to have been read to its end there. */
    boolean hasAssigned(int subtask) {
        return assigned.containsValue(subtask);
    }

    /** Whether a split is known that this reader may still be given. */
    boolean isPendingFor(int subtask) {
        return !unplanned.isEmpty() || !planned.getOrDefault(subtask, Map.of()).isEmpty();
    }
}
