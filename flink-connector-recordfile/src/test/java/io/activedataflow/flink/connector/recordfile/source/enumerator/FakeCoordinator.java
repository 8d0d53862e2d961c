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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/** A coordinator that keeps an account of who got what, and refuses what Flink would refuse. */
final class FakeCoordinator extends TestingSplitEnumeratorContext<RecordFileSplit> {

    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Map<Integer, List<RecordFileSplit>> assigned = new TreeMap<>();
    private final List<Integer> noMoreSplits = new ArrayList<>();
    private final Set<Integer> toldSinceRegistered = new HashSet<>();
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private BiConsumer<Integer, List<RecordFileSplit>> onAssigned = (subtask, splits) -> {};
    private final Metrics metrics = new Metrics();

    FakeCoordinator(int parallelism) {
        super(parallelism);
    }

    /** Has each assignment told. */
    void onAssigned(BiConsumer<Integer, List<RecordFileSplit>> listener) {
        onAssigned = listener;
    }

    void register(int subtask, RecordFileSourceEnumerator enumerator) {
        readers.put(subtask, new ReaderInfo(subtask, "host"));
        toldSinceRegistered.remove(subtask);
        enumerator.addReader(subtask);
    }

    /** The reader's task fails; what no checkpoint has covered comes back. */
    void fail(int subtask, RecordFileSourceEnumerator enumerator) {
        List<RecordFileSplit> uncovered = assigned.remove(subtask);
        fail(subtask, enumerator, uncovered == null ? List.of() : uncovered);
    }

    /** The reader's task fails; these splits come back. */
    void fail(int subtask, RecordFileSourceEnumerator enumerator, List<RecordFileSplit> splits) {
        readers.remove(subtask);
        enumerator.addSplitsBack(splits, subtask);
    }

    /** A checkpoint covers all that has been assigned. */
    void forgetAssigned() {
        assigned.clear();
    }

    /** Runs what has been asked for so far, but not what that asks for. */
    void runNow() {
        for (int left = calls.size(); left > 0; left--) {
            calls.removeFirst().run();
        }
    }

    /** How many calls wait to be run. */
    int calls() {
        return calls.size();
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        calls.add(
                () -> {
                    T result = null;
                    Throwable error = null;
                    try {
                        result = callable.call();
                    } catch (Exception e) {
                        error = e;
                    }
                    handler.accept(result, error);
                });
    }

    List<RecordFileSplit> assignedTo(int subtask) {
        return assigned.getOrDefault(subtask, List.of());
    }

    List<String> namesAssignedTo(int subtask) {
        return Splits.names(assignedTo(subtask));
    }

    List<RecordFileSplit> allAssigned() {
        List<RecordFileSplit> all = new ArrayList<>();
        assigned.values().forEach(all::addAll);
        return all;
    }

    /** The subtasks that were told there are no more splits, once for each time. */
    List<Integer> noMoreSplits() {
        return noMoreSplits;
    }

    long unassignedSplits() {
        return metrics.unassignedSplits.getValue();
    }

    long count(RecordFileEnumeratorMetric metric) {
        return metrics.counters.get(metric.metricName()).getCount();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return Map.copyOf(readers);
    }

    @Override
    public void assignSplits(SplitsAssignment<RecordFileSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (subtask, splits) -> {
                            requireReading(subtask);
                            assigned.computeIfAbsent(subtask, s -> new ArrayList<>())
                                    .addAll(splits);
                            onAssigned.accept(subtask, splits);
                        });
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        requireReading(subtask);
        noMoreSplits.add(subtask);
        assertThat(toldSinceRegistered.add(subtask)).as("%s was not told before", subtask).isTrue();
    }

    /** Whether the reader was told that there are no more splits, since it came. */
    boolean noMoreSplitsSinceRegistered(int subtask) {
        return toldSinceRegistered.contains(subtask);
    }

    private void requireReading(int subtask) {
        if (!readers.containsKey(subtask)) {
            throw new IllegalStateException("Reader " + subtask + " is not registered.");
        }
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return metrics;
    }

    private static final class Metrics extends UnregisteredMetricsGroup
            implements SplitEnumeratorMetricGroup {

        private final Map<String, Counter> counters = new HashMap<>();
        private Gauge<Long> unassignedSplits;

        @Override
        public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G gauge) {
            unassignedSplits = gauge;
            return gauge;
        }

        @Override
        public Counter counter(String name) {
            return counters.computeIfAbsent(name, super::counter);
        }
    }
}
