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
import org.apache.flink.testutils.junit.SharedReference;

/** Passes everything on and crashes as planned. Chained to the source, so the reader goes too. */
final class CrashingMap<T> extends RichMapFunction<T, T> implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    private final SharedReference<CrashPlan> plan;
    private final boolean waitsForCheckpoint;
    private transient boolean checkpointed;
    private transient int records;

    CrashingMap(SharedReference<CrashPlan> plan, boolean waitsForCheckpoint) {
        this.plan = plan;
        this.waitsForCheckpoint = waitsForCheckpoint;
    }

    @Override
    public T map(T value) {
        if ((checkpointed || !waitsForCheckpoint) && plan.get().isDue(++records)) {
            throw new PlannedCrash();
        }
        return value;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpointed = true;
    }

    static final class PlannedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PlannedCrash() {
            super("This crash was planned by the test.");
        }
    }
}
