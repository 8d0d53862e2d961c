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

import io.activedataflow.flink.connector.recordfile.source.reader.TestColumn;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RowSchemaTest {

    private static final TypeInformation<Row> TYPE =
            Types.ROW_NAMED(
                    new String[] {"id", "name", "price", "day", "at", "weekday", "raw"},
                    Types.LONG,
                    Types.STRING,
                    Types.BIG_DEC,
                    Types.LOCAL_DATE,
                    Types.INSTANT,
                    Types.ENUM(DayOfWeek.class),
                    Types.PRIMITIVE_ARRAY(Types.BYTE));

    @Test
    void picksColumnsByNameInAnyOrder() throws Exception {
        Row row =
                new SchemaRun<>(RecordFileDeserializationSchema.row(TYPE))
                        .readOne(
                                TestRecord.ofText(
                                        "weekday", "SUNDAY",
                                        "raw", "ü",
                                        "price", "1.50",
                                        "unknown", "x",
                                        "at", "2026-03-01 12:00:00Z",
                                        "day", "2026-03-01",
                                        "name", "",
                                        "id", "9223372036854775807"));

        assertThat(row.getField("id")).isEqualTo(Long.MAX_VALUE);
        assertThat(row.getField("name")).isEqualTo("");
        assertThat(row.getField(2)).isEqualTo(new BigDecimal("1.50"));
        assertThat(row.getField("day")).isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(row.getField("at")).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(row.getField("weekday")).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(row.getField("raw")).isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xBC});
    }

    @Test
    void textTakesValuesOfJsonAsTheyAreWritten() throws Exception {
        SchemaRun<Row> run =
                new SchemaRun<>(
                        RecordFileDeserializationSchema.row(
                                Types.ROW_NAMED(new String[] {"a"}, Types.STRING)));

        assertThat(run.readOne(TestRecord.of(TestColumn.number("a", "1.50e3"))).getField("a"))
                .isEqualTo("1.50e3");
        assertThat(run.readOne(TestRecord.of(TestColumn.truth("a", "true"))).getField("a"))
                .isEqualTo("true");
        assertThat(run.readOne(TestRecord.of(TestColumn.nested("a", "[1, 2]"))).getField("a"))
                .isEqualTo("[1, 2]");
    }

    @Test
    void rowsAreNotReused() throws Exception {
        SchemaRun<Row> run = new SchemaRun<>(RecordFileDeserializationSchema.row(TYPE));
        Row first = run.collect(TestRecord.ofText("id", "1")).get(0);
        Row second = run.collect(TestRecord.ofText("id", "2")).get(0);

        assertThat(first.getField("id")).isEqualTo(1L);
        assertThat(second).isNotSameAs(first);
    }

    @Test
    void refusesOtherTypes() {
        assertThatThrownBy(
                        () ->
                                RecordFileDeserializationSchema.row(
                                        Types.ROW_NAMED(
                                                new String[] {"tags"}, Types.LIST(Types.STRING))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Column 'tags'")
                .hasMessageContaining("BigDecimal");
        assertThatThrownBy(
                        () ->
                                RecordFileDeserializationSchema.row(
                                        Types.ROW_NAMED(
                                                new String[] {"anything"},
                                                Types.GENERIC(Object.class))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Column 'anything'");
        assertThatThrownBy(() -> RecordFileDeserializationSchema.row(TypeInformation.of(Row.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Types.ROW_NAMED");
    }
}
