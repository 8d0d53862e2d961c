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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.entryOf;
import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RowSchemaTest {

    private static final TypeInformation<?> BYTES = Types.PRIMITIVE_ARRAY(Types.BYTE);
    private static final TypeInformation<?> DAY = Types.ENUM(DayOfWeek.class);

    private static SchemaRun<Row> row(String[] names, TypeInformation<?>... types)
            throws Exception {
        return new SchemaRun<>(
                RedisStreamsDeserializationSchema.row(Types.ROW_NAMED(names, types)));
    }

    private static SchemaRun<Row> column(TypeInformation<?> type) throws Exception {
        return row(new String[] {"f"}, type);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(Types.STRING, "grüße", "grüße"),
                Arguments.of(Types.STRING, "", ""),
                Arguments.of(BYTES, "", new byte[0]),
                Arguments.of(BYTES, "ab", new byte[] {'a', 'b'}),
                Arguments.of(Types.BOOLEAN, "true", true),
                Arguments.of(Types.BOOLEAN, "FALSE", false),
                Arguments.of(Types.BOOLEAN, "1", true),
                Arguments.of(Types.BOOLEAN, "0", false),
                Arguments.of(Types.BYTE, "-128", (byte) -128),
                Arguments.of(Types.SHORT, "32767", (short) 32767),
                Arguments.of(Types.INT, "-2147483648", Integer.MIN_VALUE),
                Arguments.of(Types.INT, "+7", 7),
                Arguments.of(Types.LONG, "9223372036854775807", Long.MAX_VALUE),
                Arguments.of(Types.LONG, "-9223372036854775808", Long.MIN_VALUE),
                Arguments.of(Types.LONG, "-0007", -7L),
                Arguments.of(Types.FLOAT, "1.5", 1.5f),
                Arguments.of(Types.DOUBLE, "-1e300", -1e300),
                Arguments.of(Types.DOUBLE, "NaN", Double.NaN),
                Arguments.of(Types.BIG_DEC, "12.340", new BigDecimal("12.340")),
                Arguments.of(
                        Types.BIG_INT,
                        "12345678901234567890",
                        new BigInteger("12345678901234567890")),
                Arguments.of(
                        Types.INSTANT,
                        "2026-03-01T12:00:00.123Z",
                        Instant.parse("2026-03-01T12:00:00.123Z")),
                Arguments.of(Types.LOCAL_DATE, "2026-03-01", LocalDate.of(2026, 3, 1)),
                Arguments.of(Types.LOCAL_TIME, "12:30", LocalTime.of(12, 30)),
                Arguments.of(
                        Types.LOCAL_DATE_TIME,
                        "2026-03-01T12:30:01",
                        LocalDateTime.of(2026, 3, 1, 12, 30, 1)),
                Arguments.of(DAY, "MONDAY", DayOfWeek.MONDAY));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void convertsToTheTypeOfTheColumn(TypeInformation<?> type, String text, Object expected)
            throws Exception {
        assertThat(column(type).readOne(entryOf("f", text)).getField(0)).isEqualTo(expected);
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of(Types.BOOLEAN, "yes", "Boolean"),
                Arguments.of(Types.BOOLEAN, "", "Boolean"),
                Arguments.of(Types.BOOLEAN, "tru", "Boolean"),
                Arguments.of(Types.BYTE, "128", "Byte"),
                Arguments.of(Types.SHORT, "-32769", "Short"),
                Arguments.of(Types.INT, "2147483648", "Integer"),
                Arguments.of(Types.INT, "", "Integer"),
                Arguments.of(Types.INT, "-", "Integer"),
                Arguments.of(Types.INT, " 1", "Integer"),
                Arguments.of(Types.INT, "1.0", "Integer"),
                Arguments.of(Types.LONG, "9223372036854775808", "Long"),
                Arguments.of(Types.LONG, "99999999999999999999", "Long"),
                Arguments.of(Types.FLOAT, "x", "Float"),
                Arguments.of(Types.DOUBLE, "", "Double"),
                Arguments.of(Types.BIG_DEC, "1,5", "BigDecimal"),
                Arguments.of(Types.BIG_INT, "1.5", "BigInteger"),
                Arguments.of(Types.INSTANT, "2026-03-01", "Instant"),
                Arguments.of(Types.LOCAL_DATE, "2026-02-30", "LocalDate"),
                Arguments.of(Types.LOCAL_TIME, "25:00", "LocalTime"),
                Arguments.of(Types.LOCAL_DATE_TIME, "now", "LocalDateTime"),
                Arguments.of(DAY, "Monday", "DayOfWeek"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void refusesTextOfAnotherType(TypeInformation<?> type, String text, String typeName)
            throws Exception {
        SchemaRun<Row> run = column(type);

        assertThatThrownBy(() -> run.read(entryOf("f", text)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The value '" + text + "' of field 'f' is not of type " + typeName + '.');
    }

    @Test
    void shortensValuesInMessages() throws Exception {
        SchemaRun<Row> run = column(Types.INT);

        assertThatThrownBy(() -> run.read(entryOf("f", "x\n" + "y".repeat(1000))))
                .hasMessage(
                        "The value 'x."
                                + "y".repeat(62)
                                + "'... (1002 bytes) of field 'f' is not of type Integer.");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws Exception {
        SchemaRun<Row> run = column(Types.STRING);

        assertThatThrownBy(() -> run.read(entryOf(new byte[][] {utf8("f"), {(byte) 0xFF}})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of field 'f' is not of type String");
    }

    @Test
    void findsColumnsByNameWhateverTheOrder() throws Exception {
        SchemaRun<Row> run =
                row(new String[] {"id", "name", "größe"}, Types.INT, Types.STRING, Types.LONG);

        for (int round = 0; round < 3; round++) {
            assertThat(run.readOne(entryOf("id", "1", "name", "a", "größe", "5")))
                    .isEqualTo(Row.of(1, "a", 5L));
            assertThat(run.readOne(entryOf("größe", "6", "other", "x", "id", "2")))
                    .isEqualTo(Row.of(2, null, 6L));
            assertThat(run.readOne(entryOf())).isEqualTo(Row.of(null, null, null));
            assertThat(run.readOne(entryOf("id", "3", "name", "c", "id", "4")))
                    .isEqualTo(Row.of(4, "c", null));
        }
    }

    @Test
    void doesNotConvertWhatALaterFieldReplaces() throws Exception {
        assertThat(column(Types.INT).readOne(entryOf("f", "no number", "f", "4")))
                .isEqualTo(Row.of(4));
    }

    @Test
    void namesColumnsInTheRowItself() throws Exception {
        SchemaRun<Row> run = row(new String[] {"id", "name"}, Types.INT, Types.STRING);

        List<Row> rows = run.collect(entryOf("name", "a", "id", "1"));
        Row another = run.collect(entryOf("name", "b", "id", "2")).get(0);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).<Integer>getFieldAs("id")).isEqualTo(1);
        assertThat(rows.get(0).<String>getFieldAs("name")).isEqualTo("a");
        assertThat(rows.get(0).getField(1)).isEqualTo("a");
        assertThat(another).isNotSameAs(rows.get(0)).isEqualTo(Row.of(2, "b"));
    }

    @Test
    void refusesColumnsThatTextCannotBeConvertedTo() {
        assertThatThrownBy(
                        () ->
                                RedisStreamsDeserializationSchema.row(
                                        Types.ROW_NAMED(
                                                new String[] {"a", "tags"},
                                                Types.INT,
                                                Types.LIST(Types.STRING))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Column 'tags'")
                .hasMessageContaining("List<String>")
                .hasMessageContaining("LocalDateTime");
        assertThatThrownBy(
                        () ->
                                RedisStreamsDeserializationSchema.row(
                                        Types.ROW(Types.GENERIC(LocalDate.class))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Column 'f0'");
    }

    @Test
    void refusesAnotherTypeInformation() {
        assertThatThrownBy(() -> RedisStreamsDeserializationSchema.row(Types.GENERIC(Row.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Types.ROW_NAMED");
    }
}
