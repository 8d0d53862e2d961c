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

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.util.Collector;

/**
 * As {@link SequenceCheck}, for sources that do not keep the order: notes in Flink's state each
 * number that has come, and tells the ledger of repetitions, and how many different ones there are.
 */
final class OnceCheck extends KeyedProcessFunction<String, Tuple2<String, Long>, Long>
        implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private final SharedReference<SequenceLedger> ledger;
    private transient MapState<Long, Boolean> seen;
    private transient ValueState<Long> count;

    OnceCheck(SharedReference<SequenceLedger> ledger) {
        this.ledger = ledger;
    }

    @Override
    public void open(OpenContext context) {
        seen =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("seen", Types.LONG, Types.BOOLEAN));
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        ledger.get().attemptStarted();
    }

    @Override
    public void processElement(Tuple2<String, Long> entry, Context context, Collector<Long> out)
            throws Exception {
        long before = count.value() == null ? 0L : count.value();
        if (seen.contains(entry.f1)) {
            ledger.get().broken(entry.f0, before, entry.f1);
            return;
        }
        seen.put(entry.f1, true);
        count.update(before + 1);
        ledger.get().reached(entry.f0, before + 1);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            ledger.get().checkpointCompleted();
        }
    }
}
