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

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds up the tasks of a job, so that back-pressure builds up behind them. Any thread. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private long passes;
    private long passed;
    private boolean open;

    /** Lets so many more records pass. */
    void admit(long records) {
        lock.lock();
        try {
            passes += records;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everything pass from now on. */
    void open() {
        lock.lock();
        try {
            open = true;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits to be let through. Task thread. */
    void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!open && passed >= passes) {
                opened.await();
            }
            passed++;
        } finally {
            lock.unlock();
        }
    }
}
