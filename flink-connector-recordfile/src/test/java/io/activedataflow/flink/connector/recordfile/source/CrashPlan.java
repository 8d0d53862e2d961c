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

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When to crash a job: a number of times, each some records after its start, or after a checkpoint.
 * Used by task threads.
 */
final class CrashPlan {

    private final int crashes;
    private final int records;
    private final AtomicInteger done = new AtomicInteger();

    CrashPlan(int crashes, int records) {
        this.crashes = crashes;
        this.records = records;
    }

    /** Whether it is time, after so many records. */
    boolean isDue(int recordsSoFar) {
        return recordsSoFar > records && done.get() < crashes && done.incrementAndGet() <= crashes;
    }

    /** How many crashes there were. */
    int done() {
        return Math.min(crashes, done.get());
    }
}
