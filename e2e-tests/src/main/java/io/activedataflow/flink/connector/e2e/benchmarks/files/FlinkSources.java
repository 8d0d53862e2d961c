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

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.csv.CsvReaderFormat;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.dataformat.csv.CsvMapper;
import org.apache.flink.table.data.RowData;

/** What Flink reads the files with. */
final class FlinkSources {

    private FlinkSources() {}

    static Source<?, ?, ?> text(Path directory) {
        return of(new TextLineInputFormat(), directory);
    }

    static Source<?, ?, ?> csvPojo(Path directory) {
        return of(csvPojo(), directory);
    }

    /** With quotes, which its factory for POJOs leaves out. */
    static CsvReaderFormat<Trade> csvPojo() {
        return CsvReaderFormat.forSchema(
                CsvMapper::new,
                mapper -> mapper.schemaFor(Trade.class).withQuoteChar('"'),
                TypeInformation.of(Trade.class));
    }

    static Source<?, ?, ?> sqlCsv(Path directory, boolean timestamp) {
        return of(SqlFormats.csv(TradeRow.type(timestamp)), directory);
    }

    static Source<?, ?, ?> sqlJson(Path directory) {
        return of(SqlFormats.json(TradeRow.type(false)), directory);
    }

    private static Source<?, ?, ?> of(StreamFormat<?> format, Path directory) {
        return FileSource.forRecordStreamFormat(format, directory).build();
    }

    private static Source<?, ?, ?> of(BulkFormat<RowData, FileSourceSplit> format, Path directory) {
        return FileSource.forBulkFileFormat(format, directory).build();
    }
}
