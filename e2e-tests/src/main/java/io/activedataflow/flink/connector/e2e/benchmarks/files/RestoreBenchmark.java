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

import io.activedataflow.flink.connector.e2e.benchmarks.files.TradeFiles.Layout;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.impl.StreamFormatAdapter;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How long it takes from making a reader of one large file to its first record, when it is restored
 * at 95 % of the file: ours against {@code CsvReaderFormat}.
 */
final class RestoreBenchmark {

    private static final int ROUNDS = 5;
    private static final String[] NO_HOSTS = {};

    private final Path file;

    RestoreBenchmark(Path root) {
        file = Layout.CSV_LINE_BREAKS.directory(root).resolve("full").resolve("trades-0.csv");
    }

    void run() throws IOException {
        BulkFormat<Trade, FileSourceSplit> ours = RecordFileSources.csvPojo();
        BulkFormat<Trade, FileSourceSplit> theirs =
                new StreamFormatAdapter<>(FlinkSources.csvPojo());
        Mark mark = mark(ours, Files.size(file) / 100 * 95);
        long least = least(ours, mark.ours(), mark.nextId());
        long leastOfTheirs = least(theirs, mark.theirs(), mark.nextId());
        System.out.printf(
                Locale.ROOT,
                "ratio files-restore-at-95-percent-vs-flink %.5f target <=0.01%n",
                (double) least / leastOfTheirs);
    }

    /** The first place between two records behind an offset, as either format counts. */
    private record Mark(CheckpointedPosition ours, CheckpointedPosition theirs, long nextId) {}

    private Mark mark(BulkFormat<Trade, FileSourceSplit> format, long offset) throws IOException {
        try (BulkFormat.Reader<Trade> reader =
                format.createReader(new Configuration(), split(null))) {
            for (BulkFormat.RecordIterator<Trade> batch = reader.readBatch();
                    batch != null;
                    batch = reader.readBatch()) {
                for (RecordAndPosition<Trade> record = batch.next();
                        record != null;
                        record = batch.next()) {
                    if (record.getOffset() >= offset) {
                        // IDs count from 0.
                        long read = record.getRecord().id + 1;
                        return new Mark(
                                new CheckpointedPosition(
                                        record.getOffset(), record.getRecordSkipCount()),
                                new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, read),
                                read);
                    }
                }
                batch.releaseBatch();
            }
        }
        throw new IllegalStateException("The file ends before " + offset + '.');
    }

    private long least(
            BulkFormat<Trade, FileSourceSplit> format, CheckpointedPosition position, long nextId)
            throws IOException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try (BulkFormat.Reader<Trade> reader =
                    format.restoreReader(new Configuration(), split(position))) {
                Trade first = reader.readBatch().next().getRecord();
                least = Math.min(least, System.nanoTime() - start);
                if (first.id != nextId) {
                    throw new IllegalStateException(
                            "Restored at record " + nextId + ", and got " + first.id + '.');
                }
            }
        }
        return least;
    }

    private FileSourceSplit split(CheckpointedPosition position) throws IOException {
        long size = Files.size(file);
        long modified = Files.getLastModifiedTime(file).toMillis();
        return new FileSourceSplit(
                "1",
                new org.apache.flink.core.fs.Path(file.toUri()),
                0,
                size,
                modified,
                size,
                NO_HOSTS,
                position);
    }
}
