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

import org.apache.flink.api.java.tuple.Tuple2;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Shows the test which record comes next, and lets it pass or crashes the job there. */
final class Turnstile {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turned = lock.newCondition();
    private Tuple2<String, Long> front;
    private boolean admitted;
    private boolean crashed;

    /** The record that waits to pass; null while none does. */
    Tuple2<String, Long> front() {
        lock.lock();
        try {
            return admitted || crashed ? null : front;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a record to come; returns it. */
    Tuple2<String, Long> awaitFront() {
        Await.until("the next record", SequenceLedger.PATIENCE, () -> front() != null);
        return front();
    }

    /** Lets the record pass that waits. */
    void admit() {
        turn(true);
    }

    /** Crashes the job at the record that waits, or at the next that comes. */
    void crash() {
        turn(false);
    }

    private void turn(boolean pass) {
        lock.lock();
        try {
            admitted = pass;
            crashed = !pass;
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits to be let through. Task thread. */
    Tuple2<String, Long> pass(Tuple2<String, Long> record) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            front = record;
            while (!admitted && !crashed) {
                turned.await();
            }
            if (crashed) {
                throw new CrashingMap.PlannedCrash();
            }
            return record;
        } finally {
            front = null;
            admitted = false;
            crashed = false;
            lock.unlock();
        }
    }
}
