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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.testutils.junit.SharedReference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The records that each subtask has in its state. Nothing is shuffled, so that each subtask is a
 * region of its own, which restarts alone.
 */
final class RegionTally {

    private final Map<Integer, List<Tuple2<String, Long>>> bySubtask = new TreeMap<>();
    private final Map<Integer, Integer> attempts = new TreeMap<>();

    /** How often each subtask was started. */
    synchronized Map<Integer, Integer> attempts() {
        return new TreeMap<>(attempts);
    }

    /** How many different records there are of each key. */
    synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        different().forEach(record -> counts.merge(record.f0, 1L, Long::sum));
        return counts;
    }

    /** How many records more than one subtask has. */
    synchronized int repeatedBetweenSubtasks() {
        return bySubtask.values().stream().mapToInt(records -> Set.copyOf(records).size()).sum()
                - different().size();
    }

    /** How many records one subtask has again. */
    synchronized int repeatedWithinSubtasks() {
        return bySubtask.values().stream()
                .mapToInt(records -> records.size() - Set.copyOf(records).size())
                .sum();
    }

    private Set<Tuple2<String, Long>> different() {
        Set<Tuple2<String, Long>> different = new HashSet<>();
        bySubtask.values().forEach(different::addAll);
        return different;
    }

    private synchronized void started(int subtask, Iterable<Tuple2<String, Long>> state) {
        attempts.merge(subtask, 1, Integer::sum);
        List<Tuple2<String, Long>> records = new ArrayList<>();
        state.forEach(records::add);
        bySubtask.put(subtask, records);
    }

    private synchronized void take(int subtask, Tuple2<String, Long> record) {
        bySubtask.get(subtask).add(record);
    }

    private synchronized List<Tuple2<String, Long>> state(int subtask) {
        return List.copyOf(bySubtask.get(subtask));
    }

    /** Keeps the tally of one subtask in its state. */
    static final class Keeper extends RichMapFunction<Tuple2<String, Long>, Tuple2<String, Long>>
            implements CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final SharedReference<RegionTally> tally;
        private transient ListState<Tuple2<String, Long>> state;

        Keeper(SharedReference<RegionTally> tally) {
            this.tally = tally;
        }

        @Override
        public Tuple2<String, Long> map(Tuple2<String, Long> record) {
            tally.get().take(subtask(), record);
            return record;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(
                                    new ListStateDescriptor<>(
                                            "tally", Types.TUPLE(Types.STRING, Types.LONG)));
            tally.get().started(subtask(), state.get());
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(tally.get().state(subtask()));
        }

        private int subtask() {
            return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        }
    }
}
