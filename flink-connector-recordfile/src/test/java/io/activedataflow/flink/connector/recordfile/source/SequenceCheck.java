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

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.util.Collector;

/**
 * Checks, in Flink's state, that the entries of each stream come numbered 0, 1, 2, ...: whatever is
 * lost, repeated or out of order breaks the sequence.
 */
final class SequenceCheck extends KeyedProcessFunction<String, Tuple2<String, Long>, Long>
        implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private final SharedReference<SequenceLedger> ledger;
    private transient ValueState<Long> next;

    SequenceCheck(SharedReference<SequenceLedger> ledger) {
        this.ledger = ledger;
    }

    @Override
    public void open(OpenContext context) {
        next = getRuntimeContext().getState(new ValueStateDescriptor<>("next", Types.LONG));
        ledger.get().attemptStarted();
    }

    @Override
    public void processElement(Tuple2<String, Long> entry, Context context, Collector<Long> out)
            throws Exception {
        long expected = next.value() == null ? 0L : next.value();
        if (entry.f1 != expected) {
            ledger.get().broken(entry.f0, expected, entry.f1);
        }
        ledger.get().watermarkReached(context.timerService().currentWatermark());
        next.update(entry.f1 + 1);
        ledger.get().reached(entry.f0, entry.f1 + 1);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            ledger.get().checkpointCompleted();
        }
    }
}
