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

import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvHeader;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSource;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileRowDataSchema;

import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.fs.Path;

/** What the source under test reads the files with. */
final class RecordFileSources {

    private static final RecordFileFraming CSV =
            CsvFraming.builder()
                    .setHeader(
                            CsvHeader.absent(
                                    "id",
                                    "time",
                                    "quantity",
                                    "side",
                                    "venue",
                                    "price",
                                    "urgent",
                                    "trader",
                                    "note",
                                    "discount"))
                    .build();

    private RecordFileSources() {}

    static Source<?, ?, ?> text(Path directory) {
        return of(LinesFraming.create(), RecordFileDeserializationSchema.text(), directory);
    }

    static Source<?, ?, ?> csvPojo(Path directory) {
        return of(CSV, RecordFileDeserializationSchema.pojo(Trade.class), directory);
    }

    static RecordFileFormat<Trade> csvPojo() {
        return RecordFileFormat.of(CSV, RecordFileDeserializationSchema.pojo(Trade.class));
    }

    static Source<?, ?, ?> csvRow(Path directory, boolean timestamp) {
        return of(CSV, RecordFileRowDataSchema.of(TradeRow.type(timestamp)), directory);
    }

    static Source<?, ?, ?> jsonRow(Path directory) {
        return of(
                JsonLinesFraming.create(),
                RecordFileRowDataSchema.of(TradeRow.type(false)),
                directory);
    }

    private static <T> Source<?, ?, ?> of(
            RecordFileFraming framing,
            RecordFileDeserializationSchema<T> deserializer,
            Path directory) {
        return RecordFileSource.<T>builder()
                .setPaths(directory.toString())
                .setFormat(framing, deserializer)
                .build();
    }
}
