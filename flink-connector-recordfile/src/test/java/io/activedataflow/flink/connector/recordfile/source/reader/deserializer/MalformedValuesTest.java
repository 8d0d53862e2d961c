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
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.reader.TestColumn;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.DayOfWeek;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is said of a bad value, and what is kept quiet. */
@Timeout(60)
class MalformedValuesTest {

    private static final String SECRET = "SECRET".repeat(50);

    private static MalformedRecordException rowError(TypeInformation<?> type, TestColumn column)
            throws Exception {
        SchemaRun<Row> run =
                new SchemaRun<>(
                        RecordFileDeserializationSchema.row(
                                Types.ROW_NAMED(new String[] {"a"}, type)));
        return catchThrowableOfType(
                MalformedRecordException.class, () -> run.read(TestRecord.of(column)));
    }

    private static MalformedRecordException tableError(DataType type, TestColumn column)
            throws Exception {
        SchemaRun<RowData> run =
                new SchemaRun<>(
                        RecordFileRowDataSchema.of(DataTypes.ROW(DataTypes.FIELD("a", type))));
        return catchThrowableOfType(
                MalformedRecordException.class, () -> run.read(TestRecord.of(column)));
    }

    @Test
    void noMessageContainsALongValue() throws Exception {
        for (TypeInformation<?> type :
                List.of(
                        Types.BOOLEAN,
                        Types.BYTE,
                        Types.LONG,
                        Types.DOUBLE,
                        Types.FLOAT,
                        Types.BIG_DEC,
                        Types.BIG_INT,
                        Types.INSTANT,
                        Types.LOCAL_DATE,
                        Types.LOCAL_TIME,
                        Types.LOCAL_DATE_TIME,
                        Types.ENUM(DayOfWeek.class))) {
            assertShort(rowError(type, TestColumn.text("a", SECRET)));
        }
        for (DataType type :
                List.of(
                        DataTypes.CHAR(3),
                        DataTypes.BOOLEAN(),
                        DataTypes.INT(),
                        DataTypes.DECIMAL(30, 3),
                        DataTypes.DATE(),
                        DataTypes.TIME(),
                        DataTypes.TIMESTAMP(3),
                        DataTypes.TIMESTAMP_LTZ(3),
                        DataTypes.BYTES(),
                        DataTypes.ARRAY(DataTypes.INT()))) {
            String value = type.equals(DataTypes.BYTES()) ? SECRET + "!" : SECRET;
            assertShort(tableError(type, TestColumn.text("a", value)));
            assertShort(tableError(type, TestColumn.nested("a", '[' + SECRET + ']')));
        }
    }

    private static void assertShort(MalformedRecordException error) {
        assertThat(error.error()).isEqualTo(RecordFileError.CAST);
        assertThat(error.column()).isEqualTo("a");
        StringWriter all = new StringWriter();
        error.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).contains("SECRET").doesNotContain("SECRET".repeat(12));
        assertThat(error.getMessage()).contains("bytes)");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThat(rowError(Types.BYTE, TestColumn.text("a", "128")))
                .hasMessage(
                        "The value '128' of column 'a' is not of type Byte. It does not lie between"
                                + " -128 and 127.");
        assertThat(rowError(Types.BOOLEAN, TestColumn.text("a", "yes")))
                .hasMessage(
                        "The value 'yes' of column 'a' is not of type Boolean. It is none of true,"
                                + " false, 1, 0.");
        assertThat(rowError(Types.INSTANT, TestColumn.text("a", "2026-03-01 12:00:00")))
                .hasMessageContaining("with an offset: 2026-03-01T12:00:00Z");
        assertThat(tableError(DataTypes.DECIMAL(4, 2), TestColumn.text("a", "100")))
                .hasMessage(
                        "The value '100' of column 'a' is not of type DECIMAL(4, 2). It has more than"
                                + " 2 digits before the point.");
        assertThat(tableError(DataTypes.VARCHAR(2), TestColumn.text("a", "äöü")))
                .hasMessageContaining("longer than 2 characters");
        assertThat(
                        tableError(
                                DataTypes.ROW(DataTypes.FIELD("b", DataTypes.INT())),
                                TestColumn.nested("a", "{\"b\": true}")))
                .hasMessageContaining("another type in a.b");
    }

    @Test
    void textThatIsNotUtf8() throws Exception {
        TestColumn column = TestColumn.text("a", new byte[] {'x', (byte) 0xE4, 'y'});
        for (TypeInformation<?> type :
                List.of(Types.STRING, Types.DOUBLE, Types.INSTANT, Types.ENUM(DayOfWeek.class))) {
            assertThat(rowError(type, column).error()).isEqualTo(RecordFileError.ENCODING);
        }
        MalformedRecordException error = tableError(DataTypes.STRING(), column);
        assertThat(error.error()).isEqualTo(RecordFileError.ENCODING);
        assertThat(error.column()).isEqualTo("a");
        assertThat(error).hasMessage("The value 'x\uFFFDy' of column 'a' is not UTF-8.");
    }
}
