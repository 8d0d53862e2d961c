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

import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.reader.TestColumn;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileRowDataSchemaTest {

    private static SchemaRun<RowData> run(DataType... types) throws Exception {
        DataTypes.Field[] fields = new DataTypes.Field[types.length];
        for (int i = 0; i < types.length; i++) {
            fields[i] = DataTypes.FIELD("c" + i, types[i]);
        }
        return new SchemaRun<>(RecordFileRowDataSchema.of(DataTypes.ROW(fields)));
    }

    private static TestRecord record(String... values) {
        String[] namesAndValues = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            // The last column first.
            int column = values.length - 1 - i;
            namesAndValues[2 * i] = "c" + column;
            namesAndValues[2 * i + 1] = values[column];
        }
        return TestRecord.ofText(namesAndValues);
    }

    @Test
    void readsEveryScalarType() throws Exception {
        RowData row =
                run(
                                DataTypes.CHAR(3),
                                DataTypes.VARCHAR(4),
                                DataTypes.STRING(),
                                DataTypes.BOOLEAN(),
                                DataTypes.TINYINT(),
                                DataTypes.SMALLINT(),
                                DataTypes.INT(),
                                DataTypes.BIGINT(),
                                DataTypes.FLOAT(),
                                DataTypes.DOUBLE(),
                                DataTypes.DECIMAL(10, 2),
                                DataTypes.DECIMAL(30, 3),
                                DataTypes.DATE(),
                                DataTypes.TIME(3),
                                DataTypes.TIMESTAMP(3),
                                DataTypes.TIMESTAMP(9),
                                DataTypes.TIMESTAMP_LTZ(6),
                                DataTypes.BINARY(3),
                                DataTypes.BYTES())
                        .readOne(
                                record(
                                        "äb",
                                        "äöüß",
                                        "世界 \uD83D\uDE00",
                                        "TRUE",
                                        "-128",
                                        "32767",
                                        "-2147483648",
                                        "9223372036854775807",
                                        "1.5",
                                        "-1e300",
                                        "-12345678.905",
                                        "123456789012345678901234567.1235",
                                        "2026-03-01",
                                        "12:00:00.5",
                                        "2026-03-01 12:00:00.123999999",
                                        "2026-03-01T12:00:00.123456789",
                                        "2026-03-01 13:00:00.123456789+01:00",
                                        "AQID",
                                        ""));

        assertThat(row.getArity()).isEqualTo(19);
        assertThat(row.getString(0)).isEqualTo(StringData.fromString("äb"));
        assertThat(row.getString(1)).hasToString("äöüß");
        assertThat(row.getString(2)).hasToString("世界 \uD83D\uDE00");
        assertThat(row.getBoolean(3)).isTrue();
        assertThat(row.getByte(4)).isEqualTo(Byte.MIN_VALUE);
        assertThat(row.getShort(5)).isEqualTo(Short.MAX_VALUE);
        assertThat(row.getInt(6)).isEqualTo(Integer.MIN_VALUE);
        assertThat(row.getLong(7)).isEqualTo(Long.MAX_VALUE);
        assertThat(row.getFloat(8)).isEqualTo(1.5f);
        assertThat(row.getDouble(9)).isEqualTo(-1e300);
        assertThat(row.getDecimal(10, 10, 2)).isEqualTo(decimal("-12345678.91", 10, 2));
        assertThat(row.getDecimal(11, 30, 3))
                .isEqualTo(decimal("123456789012345678901234567.124", 30, 3));
        assertThat(row.getInt(12)).isEqualTo((int) LocalDate.of(2026, 3, 1).toEpochDay());
        assertThat(row.getInt(13)).isEqualTo(12 * 3_600_000 + 500);
        assertThat(row.getTimestamp(14, 3)).isEqualTo(timestamp("2026-03-01T12:00:00.123"));
        assertThat(row.getTimestamp(15, 9)).isEqualTo(timestamp("2026-03-01T12:00:00.123456789"));
        assertThat(row.getTimestamp(16, 6))
                .isEqualTo(TimestampData.fromInstant(Instant.parse("2026-03-01T12:00:00.123456Z")));
        assertThat(row.getBinary(17)).containsExactly(1, 2, 3);
        assertThat(row.getBinary(18)).isEmpty();
    }

    private static DecimalData decimal(String text, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(text), precision, scale);
    }

    private static TimestampData timestamp(String text) {
        return TimestampData.fromLocalDateTime(LocalDateTime.parse(text));
    }

    @Test
    void textsOfOneRowDoNotTouchEachOtherNorTheRecord() throws Exception {
        SchemaRun<RowData> run =
                run(DataTypes.STRING(), DataTypes.STRING(), DataTypes.STRING(), DataTypes.STRING());
        TestRecord record = record("first", "", "ä", "last");
        RowData first = run.collect(record).get(0);
        Arrays.fill(record.buffer(), (byte) 'x');
        RowData second = run.collect(record("1", "22", "333", "")).get(0);

        assertThat(List.of(0, 1, 2, 3))
                .extracting(i -> first.getString(i).toString())
                .containsExactly("first", "", "ä", "last");
        assertThat(List.of(0, 1, 2, 3))
                .extracting(i -> second.getString(i).toString())
                .containsExactly("1", "22", "333", "");
        assertThat(first.getString(2)).isEqualTo(StringData.fromString("ä"));
        assertThat(first.getString(0).compareTo(first.getString(3))).isNegative();
    }

    @Test
    void checksTheLengthOfTextAndBytes() throws Exception {
        assertThat(run(DataTypes.CHAR(2)).readOne(record("\uD83D\uDE00ä")).getString(0))
                .hasToString("\uD83D\uDE00ä");
        for (DataType type :
                List.of(DataTypes.CHAR(2), DataTypes.VARCHAR(2), DataTypes.BINARY(2))) {
            SchemaRun<RowData> run = run(type);
            assertThatThrownBy(() -> run.read(record("AQID")))
                    .as(type.toString())
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessageContaining("longer than 2");
        }
    }

    @Test
    void readsNestedValuesOfJson() throws Exception {
        DataType address =
                DataTypes.ROW(
                        DataTypes.FIELD("city", DataTypes.STRING()),
                        DataTypes.FIELD("zip", DataTypes.INT()),
                        DataTypes.FIELD("at", DataTypes.ARRAY(DataTypes.DECIMAL(20, 10))));
        SchemaRun<RowData> run =
                run(
                        address,
                        DataTypes.ARRAY(address),
                        DataTypes.MAP(DataTypes.STRING(), DataTypes.DOUBLE()));

        RowData row =
                run.readOne(
                        TestRecord.of(
                                TestColumn.nested(
                                        "c0",
                                        "{ \"zip\" : 1 , \"other\":[{}, \"}\\\"\"] , \"zip\": 80331,"
                                                + "\"city\":\"M\\u00fcnchen\\n\", \"at\":"
                                                + "[48.1234567891, -0.5]}"),
                                TestColumn.nested("c1", "[{\"zip\":\"7\"}, null, {} ]"),
                                TestColumn.nested("c2", "{\"a\":1.5,\"\\uD83D\\uDE00\":null}")));

        RowData first = row.getRow(0, 3);
        assertThat(first.getString(0)).hasToString("München\n");
        assertThat(first.getInt(1)).isEqualTo(80331);
        assertThat(first.getArray(2).getDecimal(0, 20, 10))
                .isEqualTo(decimal("48.1234567891", 20, 10));
        assertThat(row.getArray(1).size()).isEqualTo(3);
        assertThat(row.getArray(1).getRow(0, 3).getInt(1)).isEqualTo(7);
        assertThat(row.getArray(1).isNullAt(1)).isTrue();
        assertThat(row.getArray(1).getRow(2, 3).isNullAt(0)).isTrue();
        assertThat(row.getMap(2).size()).isEqualTo(2);
        assertThat(row.getMap(2).keyArray().getString(1)).hasToString("\uD83D\uDE00");
    }

    @Test
    void refusesNestedValuesThatDoNotFit() throws Exception {
        SchemaRun<RowData> run =
                run(
                        DataTypes.ARRAY(DataTypes.INT().notNull()),
                        DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT().notNull())));

        for (TestColumn bad :
                List.of(
                        TestColumn.nested("c0", "[1, null]"),
                        TestColumn.nested("c0", "[1, \"x\"]"),
                        TestColumn.nested("c0", "[[1]]"),
                        TestColumn.nested("c0", "{}"),
                        TestColumn.nested("c1", "{}"),
                        TestColumn.nested("c1", "[]"),
                        TestColumn.nested("c1", "{\"a\": 1"),
                        TestColumn.nested("c1", "{\"a"),
                        TestColumn.number("c1", "1"),
                        TestColumn.text("c0", "[1]"))) {
            assertThatThrownBy(() -> run.read(TestRecord.of(bad)))
                    .as(new String(bad.value()))
                    .isInstanceOf(MalformedRecordException.class);
        }
        assertThat(run.readOne(TestRecord.of(TestColumn.nested("c0", "[1,2]"))).getArray(0))
                .satisfies(array -> assertThat(array.toIntArray()).containsExactly(1, 2));
    }

    @Test
    void refusesTypesThatThereAreNoValuesOf() {
        for (DataType type :
                List.of(
                        DataTypes.INTERVAL(DataTypes.DAY()),
                        DataTypes.MULTISET(DataTypes.STRING()),
                        DataTypes.MAP(DataTypes.INT(), DataTypes.STRING()),
                        DataTypes.ARRAY(DataTypes.INTERVAL(DataTypes.MONTH())))) {
            assertThatThrownBy(
                            () ->
                                    RecordFileRowDataSchema.of(
                                            DataTypes.ROW(DataTypes.FIELD("a", type))))
                    .as(type.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'a");
        }
        assertThatThrownBy(() -> RecordFileRowDataSchema.of(DataTypes.INT()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DataTypes.ROW");
    }

    @Test
    void takesTheTypeInformationThatIsGiven() {
        DataType type = DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT()));
        RecordFileRowDataSchema schema = RecordFileRowDataSchema.of(type);
        RowType rowType = (RowType) type.getLogicalType();

        assertThat(RecordFileRowDataSchema.of(rowType, schema.getProducedType()).getProducedType())
                .isEqualTo(schema.getProducedType());
        assertThat(schema).hasToString("ROW<`a` INT>");
    }
}
