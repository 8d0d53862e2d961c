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

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the records of the one job that runs in this JVM, and lets none of them pass: each would
 * be copied once more for the sink.
 */
final class RecordTally<T> extends RichFilterFunction<T> {

    private static final long serialVersionUID = 1L;

    /** A job is handed over as bytes; this is how its tasks find back to who counts. */
    private static final AtomicLong TOTAL = new AtomicLong();

    private transient long records;

    /** The records since the last call, once the job has ended. */
    static long takeTotal() {
        return TOTAL.getAndSet(0);
    }

    @Override
    public void open(OpenContext context) {
        records = 0;
    }

    @Override
    public boolean filter(T record) {
        records++;
        return false;
    }

    @Override
    public void close() {
        TOTAL.addAndGet(records);
        records = 0;
    }
}
