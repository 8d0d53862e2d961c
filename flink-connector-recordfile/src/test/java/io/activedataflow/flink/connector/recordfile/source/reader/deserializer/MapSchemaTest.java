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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.reader.TestColumn;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;
import io.activedataflow.flink.connector.recordfile.source.reader.TestSchemaContext;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MapSchemaTest {

    @Test
    void hasAllColumnsAsText() throws Exception {
        SchemaRun<Map<String, String>> run = new SchemaRun<>(RecordFileDeserializationSchema.map());
        Map<String, String> expected = new HashMap<>();
        expected.put("text", "ü \uD83D\uDE00");
        expected.put("empty", "");
        expected.put("number", "1.50e3");
        expected.put("truth", "true");
        expected.put("nested", "{\"a\": [1 ,2]}");
        expected.put("none", null);
        expected.put("twice", "2");
        expected.put("", "nameless");

        assertThat(
                        run.readOne(
                                TestRecord.of(
                                        TestColumn.text("text", "ü \uD83D\uDE00"),
                                        TestColumn.text("empty", ""),
                                        TestColumn.text("twice", "1"),
                                        TestColumn.number("number", "1.50e3"),
                                        TestColumn.truth("truth", "true"),
                                        TestColumn.nested("nested", "{\"a\": [1 ,2]}"),
                                        TestColumn.none("none"),
                                        TestColumn.text("twice", "2"),
                                        TestColumn.of("missing", Kind.MISSING, ""),
                                        TestColumn.text("", "nameless"))))
                .isEqualTo(expected);
        assertThat(run.readOne(TestRecord.of())).isEmpty();
    }

    @Test
    void canBeChangedAndIsNotReused() throws Exception {
        SchemaRun<Map<String, String>> run = new SchemaRun<>(RecordFileDeserializationSchema.map());
        Map<String, String> first = run.collect(TestRecord.ofText("a", "1")).get(0);
        run.collect(TestRecord.ofText("a", "2"));
        first.put("b", "3");

        assertThat(first).isEqualTo(Map.of("a", "1", "b", "3"));
    }

    @Test
    void textThatIsNotUtf8IsMalformedOrNull() throws Exception {
        TestRecord record =
                TestRecord.of(
                        TestColumn.text("a", new byte[] {(byte) 0xFF}), TestColumn.text("b", "1"));
        SchemaRun<Map<String, String>> refusing =
                new SchemaRun<>(RecordFileDeserializationSchema.map());
        assertThatThrownBy(() -> refusing.read(record))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class,
                        e -> {
                            assertThat(e.error()).isEqualTo(RecordFileError.ENCODING);
                            assertThat(e.column()).isEqualTo("a");
                        });

        TestSchemaContext context = TestSchemaContext.nulling();
        Map<String, String> map =
                new SchemaRun<>(RecordFileDeserializationSchema.map(), context).readOne(record);
        assertThat(map).hasSize(2).containsEntry("a", null).containsEntry("b", "1");
        assertThat(context.failedFields()).hasSize(1);
    }
}
