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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

import java.util.List;

/**
 * Counts in Flink's state what has come from a source, and shows the count as a metric. After a
 * failure it falls back, with everything else, to the last checkpoint.
 */
final class Arrivals<T> extends RichMapFunction<T, T> implements CheckpointedFunction {

    static final String METRIC = "arrived";

    private static final long serialVersionUID = 1L;

    private transient ListState<Long> state;
    private transient volatile long arrived;

    static String operatorOf(String source) {
        return source + "-arrivals";
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("arrived", Types.LONG));
        for (long part : state.get()) {
            arrived += part;
        }
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().getMetricGroup().gauge(METRIC, (Gauge<Long>) () -> arrived);
    }

    @Override
    public T map(T element) {
        arrived++;
        return element;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(arrived));
    }
}
