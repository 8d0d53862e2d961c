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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.connector.file.table.DeserializationSchemaAdapter;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.formats.parquet.ParquetColumnarRowInputFormat;
import org.apache.flink.formats.parquet.row.ParquetRowDataBuilder;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Formats of Flink, as they are used in our source. */
@Timeout(60)
class FlinkFormatsTest {

    @TempDir private Path directory;

    @Test
    void p3PositionsOfRecordsOfDeserializationSchemasAreRightTheSecondTimeToo() throws Exception {
        File file = lines(9);
        RecordFileFormat<RowData> ours =
                RecordFileFormat.of(
                        LinesFraming.create(),
                        RecordFileDeserializationSchema.value(new LineSchema()));

        assertThat(new BulkReading<>(ours, FlinkFormatsTest::show, file).wrongAfterTwoRestores())
                .isEmpty();
        // Flink's own begins to count again at the place it was restored at.
        assertThat(
                        new BulkReading<>(
                                        new DeserializationSchemaAdapter(new LineSchema()),
                                        FlinkFormatsTest::show,
                                        file)
                                .wrongAfterTwoRestores())
                .isNotEmpty();
    }

    @Test
    void streamFormatsAreReadAndRestoredExactly() throws Exception {
        BulkReading<String> reading =
                new BulkReading<>(
                        StreamFormats.toBulkFormat(new TextLineInputFormat()),
                        line -> line,
                        lines(9));

        assertThat(reading.all()).hasSize(9);
        assertThat(reading.wrongAfterTwoRestores()).isEmpty();
    }

    /** In several batches of the adapter. */
    @Test
    void streamFormatsAreRestoredAcrossBatches() throws Exception {
        TextLineInputFormat format = new TextLineInputFormat();
        BulkReading<String> reading =
                new BulkReading<>(StreamFormats.toBulkFormat(format), line -> line, lines(400_000));
        List<BulkReading.Read> all = reading.from(null);

        assertThat(all.size() * 10L)
                .isGreaterThan(StreamFormat.FETCH_IO_SIZE.defaultValue().getBytes());
        for (int k : new int[] {1, 150_000, 399_999}) {
            assertThat(reading.from(all.get(k - 1).next())).hasSize(400_000 - k);
        }
    }

    @Test
    void parquetIsReadAndRestoredExactly() throws Exception {
        RowType type =
                RowType.of(
                        new LogicalType[] {new BigIntType(), new VarCharType(100)},
                        new String[] {"id", "name"});
        File file = directory.resolve("rows.parquet").toFile();
        var path = new org.apache.flink.core.fs.Path(file.toURI());
        var hadoop = new org.apache.hadoop.conf.Configuration();
        try (var out = path.getFileSystem().create(path, FileSystem.WriteMode.OVERWRITE)) {
            var writer = ParquetRowDataBuilder.createWriterFactory(type, hadoop, true).create(out);
            for (long id = 0; id < 10; id++) {
                writer.addElement(GenericRowData.of(id, StringData.fromString("n" + id)));
            }
            writer.finish();
        }
        var reading =
                new BulkReading<>(
                        new ParquetColumnarRowInputFormat<>(
                                hadoop, type, InternalTypeInfo.of(type), 3, true, true),
                        row -> row.getLong(0) + "/" + row.getString(1),
                        file);

        assertThat(reading.all()).hasSize(10).contains("7/n7");
        assertThat(reading.wrongAfterTwoRestores()).isEmpty();
    }

    private static String show(RowData row) {
        return row.getString(0).toString();
    }

    private File lines(int count) throws IOException {
        Path file = directory.resolve("lines.txt");
        Files.writeString(
                file,
                IntStream.range(0, count)
                        .mapToObj(i -> "line " + i + " of many")
                        .collect(Collectors.joining("\n", "", "\n")));
        return file.toFile();
    }

    /** A row of one column. */
    private static final class LineSchema extends AbstractDeserializationSchema<RowData> {

        private static final long serialVersionUID = 1L;

        LineSchema() {
            super(InternalTypeInfo.ofFields(new VarCharType(100)));
        }

        @Override
        public RowData deserialize(byte[] line) {
            return GenericRowData.of(
                    StringData.fromString(new String(line, StandardCharsets.UTF_8)));
        }
    }
}
