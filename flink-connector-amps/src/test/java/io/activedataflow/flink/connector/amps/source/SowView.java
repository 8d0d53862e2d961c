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
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.testutils.junit.SharedReference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job makes of the records that it reads: its state, and nothing but its state, shown to the
 * test. For one subtask.
 */
final class SowView {

    private final Map<String, String> bodies = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<String> reasons = new ArrayList<>();
    private int restarts = -1;

    /** The bodies by key. */
    synchronized Map<String, String> bodies() {
        return new TreeMap<>(bodies);
    }

    /** How often each key was read. */
    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** Why records have gone, also those of attempts that failed later. */
    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    synchronized int size() {
        return bodies.size();
    }

    /** How often the state was restored or begun anew, besides the first time. */
    synchronized int restarts() {
        return restarts;
    }

    private synchronized void restored(Iterable<Tuple3<String, String, Integer>> state) {
        restarts++;
        bodies.clear();
        counts.clear();
        for (Tuple3<String, String, Integer> entry : state) {
            if (!entry.f1.isEmpty()) {
                bodies.put(entry.f0, entry.f1);
            }
            counts.put(entry.f0, entry.f2);
        }
    }

    private synchronized List<Tuple3<String, String, Integer>> state() {
        List<Tuple3<String, String, Integer>> state = new ArrayList<>();
        counts.forEach(
                (key, count) -> state.add(Tuple3.of(key, bodies.getOrDefault(key, ""), count)));
        return state;
    }

    private synchronized void take(Tuple3<String, String, String> record, boolean merge) {
        switch (record.f0) {
            case "SOW", "PUBLISH", "DELTA_PUBLISH" -> {
                boolean part = merge && !record.f0.equals("SOW");
                bodies.merge(
                        record.f1,
                        record.f2,
                        (old, change) -> part ? FlatJson.merge(old, change) : change);
                counts.merge(record.f1, 1, Integer::sum);
            }
            default -> {
                bodies.remove(record.f1);
                reasons.add(record.f0);
            }
        }
    }

    /** Keeps the view in the state of the job. */
    static final class Keeper
            extends RichMapFunction<Tuple3<String, String, String>, Tuple3<String, String, String>>
            implements CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final SharedReference<SowView> view;
        private final boolean merge;
        private transient ListState<Tuple3<String, String, Integer>> state;

        /**
         * @param merge whether updates hold only what has changed
         */
        Keeper(SharedReference<SowView> view, boolean merge) {
            this.view = view;
            this.merge = merge;
        }

        @Override
        public Tuple3<String, String, String> map(Tuple3<String, String, String> record) {
            view.get().take(record, merge);
            return record;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(
                                    new ListStateDescriptor<>(
                                            "view",
                                            Types.TUPLE(Types.STRING, Types.STRING, Types.INT)));
            view.get().restored(state.get());
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(view.get().state());
        }
    }
}
