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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.pipeline.Feeding;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;

import java.util.List;

/** How far the event time of the files has got ahead of that of the streams. */
final class Lead {

    private final OrderBook book;
    private final List<SourceMetrics> files;
    private final List<Feeding> streams;
    private long largest = Long.MIN_VALUE;
    private int looks;

    Lead(OrderBook book, RunningPipeline job, List<Feeding> streams) {
        this.book = book;
        this.files =
                List.of(SourceMetrics.of(job, "files-csv"), SourceMetrics.of(job, "files-jsonl"));
        this.streams = streams;
    }

    /**
     * The largest timestamp that a file source has emitted, from its watermark, and what the slower
     * stream has been written up to by then.
     */
    void look() {
        for (SourceMetrics source : files) {
            long watermark = source.max("currentOutputWatermark");
            if (watermark > 0) {
                long slowest = streams.stream().mapToLong(Feeding::written).min().orElseThrow();
                long written = book.start().plus(book.step().multipliedBy(slowest)).toEpochMilli();
                largest = Math.max(largest, watermark + FlowITCase.DISORDER.toMillis() - written);
                looks++;
            }
        }
    }

    /** How many records the files have given by now. */
    long recordsOfFiles() {
        return files.stream().mapToLong(source -> source.sum("numRecordsIn")).sum();
    }

    /** In milliseconds, of all looks. */
    long largest() {
        return largest;
    }

    @Override
    public String toString() {
        return "the files were ahead by "
                + largest
                + " ms at most in "
                + looks
                + " looks, and have given "
                + recordsOfFiles()
                + " records";
    }
}
