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

/**
 * Holds up the tasks of a job, and lets records pass a few at a time. What was not used while
 * nobody wanted to pass is not saved up. Any thread.
 */
final class Pace {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int allowed;
    private boolean open;

    /** Lets so many records pass from now on, and not what is left of what was allowed before. */
    void allow(int records) {
        lock.lock();
        try {
            allowed = Math.max(allowed, records);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everything pass from now on. */
    void open() {
        lock.lock();
        try {
            open = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits to be let through. Task thread. */
    void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!open && allowed == 0) {
                changed.await();
            }
            allowed = Math.max(0, allowed - 1);
        } finally {
            lock.unlock();
        }
    }
}
