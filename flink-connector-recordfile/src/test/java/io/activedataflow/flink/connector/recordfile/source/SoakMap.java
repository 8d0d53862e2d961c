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
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.testutils.junit.SharedReference;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Counts and adds up in Flink's state, and fails once in the middle if it is to. */
final class SoakMap extends RichMapFunction<SoakRecord, SoakRecord>
        implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1L;

    private static final long SLOWLY_NANOS = 100_000;

    private final SharedReference<SoakTally> tally;
    private final boolean crashes;
    private transient ListState<long[]> state;
    private transient boolean snapshotTaken;
    private transient boolean checkpointed;
    private transient int subtask;
    private transient long count;
    private transient long sum;

    SoakMap(SharedReference<SoakTally> tally, boolean crashes) {
        this.tally = tally;
        this.crashes = crashes;
    }

    @Override
    public SoakRecord map(SoakRecord record) {
        if (crashes && tally.get().isCrashDue(count)) {
            if (checkpointed && tally.get().crash()) {
                throw new IllegalStateException("This crash was planned by the test.");
            }
            // Not to be at the end before there is a checkpoint.
            LockSupport.parkNanos(SLOWLY_NANOS);
        }
        count++;
        sum += record.id;
        tally.get().publish(subtask, count, sum);
        return record;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "counts-and-sums",
                                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        if (context.isRestored()) {
            for (long[] countAndSum : state.get()) {
                count += countAndSum[0];
                sum += countAndSum[1];
            }
            tally.get().restored(count);
        }
        tally.get().publish(subtask, count, sum);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(List.of(new long[] {count, sum}));
        snapshotTaken = count > 0;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpointed = snapshotTaken;
    }
}
