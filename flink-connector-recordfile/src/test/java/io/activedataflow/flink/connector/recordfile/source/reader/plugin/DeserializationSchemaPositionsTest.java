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

import org.apache.flink.connector.file.table.DeserializationSchemaAdapter;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonRowDataDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** P3: any schema of Flink goes on at the right record, also after the second restore. */
@Timeout(60)
class DeserializationSchemaPositionsTest {

    private static final RowType TYPE = RowType.of(new BigIntType());

    @TempDir Path directory;

    @Test
    void p3ASecondRestoreGoesOnAtTheRightRecord() throws Exception {
        File file = write(8);
        BulkReading<RowData> ours =
                new BulkReading<>(
                        RecordFileFormat.of(
                                LinesFraming.create(),
                                RecordFileDeserializationSchema.value(json())),
                        DeserializationSchemaPositionsTest::show,
                        file);
        BulkReading<RowData> flinks =
                new BulkReading<>(
                        new DeserializationSchemaAdapter(json()),
                        DeserializationSchemaPositionsTest::show,
                        file);

        assertThat(ours.all()).hasSize(8).isEqualTo(flinks.all());
        assertThat(ours.wrongAfterTwoRestores()).isEmpty();
        assertThat(flinks.wrongAfterTwoRestores()).as("by Flink").isNotEmpty();
    }

    private File write(int records) throws IOException {
        return Files.writeString(
                        directory.resolve("a.json"),
                        IntStream.range(0, records)
                                .mapToObj(i -> "{\"f0\": " + i + "}\n")
                                .collect(Collectors.joining()))
                .toFile();
    }

    private static String show(RowData row) {
        return String.valueOf(row.getLong(0));
    }

    private static JsonRowDataDeserializationSchema json() {
        return new JsonRowDataDeserializationSchema(
                TYPE, InternalTypeInfo.of(TYPE), false, false, TimestampFormat.ISO_8601);
    }
}
