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

import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.testutils.junit.SharedReference;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds up checkpoints on their way through a job, behind the source, which has taken part in them
 * and goes on. Any thread.
 */
final class HeldCheckpoints {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean holding;
    private boolean crash;
    private int held;
    private int admitted;

    /** Holds the next checkpoint, and waits until it is held. */
    void hold() {
        int before = change(() -> holding = true);
        awaitHeld(before + 1);
    }

    /** Lets the checkpoint pass that is held, holds the next one, and waits until it is held. */
    void admitOne() {
        int before = change(() -> admitted++);
        awaitHeld(before + 1);
    }

    /** Lets the checkpoint pass that is held, and all later ones. */
    void release() {
        change(() -> holding = false);
    }

    /** Crashes the job at the checkpoint that is held, and lets all later ones pass. */
    void crash() {
        change(() -> crash = true);
    }

    private int change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
            return held;
        } finally {
            lock.unlock();
        }
    }

    private void awaitHeld(int count) {
        Await.until(
                "a checkpoint to be held",
                SequenceLedger.PATIENCE,
                () -> change(() -> {}) >= count);
    }

    /** Task thread. */
    private void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!holding) {
                return;
            }
            int mine = ++held;
            while (holding && !crash && admitted < mine) {
                changed.await();
            }
            if (crash) {
                holding = false;
                crash = false;
                throw new CrashingMap.PlannedCrash();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where checkpoints are held. */
    static final class Holder<T> implements MapFunction<T, T>, CheckpointedFunction {

        private static final long serialVersionUID = 1L;

        private final SharedReference<HeldCheckpoints> checkpoints;

        Holder(SharedReference<HeldCheckpoints> checkpoints) {
            this.checkpoints = checkpoints;
        }

        @Override
        public T map(T record) {
            return record;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            checkpoints.get().pass();
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {
            // There is no state.
        }
    }
}
