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

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The latest snapshot, to look at and to wait for. Any thread. */
final class Progress {

    private Snapshot latest;

    Progress(Snapshot first) {
        latest = first;
    }

    synchronized Snapshot latest() {
        return latest;
    }

    synchronized void update(Snapshot snapshot) {
        latest = snapshot;
        notifyAll();
    }

    /**
     * Waits for a snapshot that fulfils the condition.
     *
     * @param what what is waited for, for the message
     * @throws TimeoutException if there is none in time
     * @throws IllegalStateException if the job has ended meanwhile
     */
    synchronized Snapshot await(String what, Duration patience, Predicate<Snapshot> condition)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.test(latest)) {
            if (latest.job().isOver()) {
                throw new IllegalStateException(
                        "The job is " + latest.job().state() + " while waiting for " + what + '.');
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new TimeoutException(
                        "Waited " + patience.toSeconds() + " s for " + what + ": " + latest);
            }
            wait(millis);
        }
        return latest;
    }
}
