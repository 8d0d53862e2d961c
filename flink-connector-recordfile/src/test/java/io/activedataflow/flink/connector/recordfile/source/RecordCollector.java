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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.testutils.junit.SharedReference;

import java.util.ArrayList;
import java.util.List;

/** Notes each record, and forgets with its job what the job forgets. Same parallelism always. */
final class RecordCollector extends RichMapFunction<String, String>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final SharedReference<CollectedRecords> collected;
    private transient ListState<String> state;
    private transient int subtask;

    RecordCollector(SharedReference<CollectedRecords> collected) {
        this.collected = collected;
    }

    @Override
    public String map(String record) {
        collected.get().add(subtask, record);
        return record;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(collected.get().of(subtask));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("records", Types.STRING));
        List<String> restored = new ArrayList<>();
        state.get().forEach(restored::add);
        collected.get().reset(subtask, restored);
    }
}
