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
import io.activedataflow.flink.connector.recordfile.source.reader.TestSchemaContext;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;
import org.apache.flink.util.function.FunctionWithException;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import javax.annotation.Nullable;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a value that is none, or is none of the type: column "n" is an integer. */
@Timeout(60)
class NullValuesTest {

    public static class Primitive {
        public int n;
        public String text;
    }

    public static class Boxed {
        public Integer n = 5;
        public String text;
    }

    public record PrimitiveRecord(int n, String text) {}

    public record BoxedRecord(Integer n, String text) {}

    /** What the value is read into, and whether there is a place for null. */
    enum Target {
        ROW(true, null),
        BOXED_BEAN(true, 5),
        BOXED_RECORD(true, null),
        TABLE_ROW(true, null),
        PRIMITIVE_BEAN(false, null),
        PRIMITIVE_RECORD(false, null),
        TABLE_ROW_NOT_NULL(false, null);

        private final boolean nullable;
        private final @Nullable Integer ifMissing;

        Target(boolean nullable, @Nullable Integer ifMissing) {
            this.nullable = nullable;
            this.ifMissing = ifMissing;
        }

        /** Reads "n" of records; "text" is there to see that the rest is read. */
        FunctionWithException<TestRecord, Integer, Exception> open(TestSchemaContext context)
                throws Exception {
            return switch (this) {
                case ROW ->
                        reader(
                                RecordFileDeserializationSchema.row(
                                        Types.ROW_NAMED(
                                                new String[] {"n", "text"},
                                                Types.INT,
                                                Types.STRING)),
                                (Row row) -> {
                                    assertThat(row.getField("text")).isEqualTo("t");
                                    return (Integer) row.getField("n");
                                },
                                context);
                case BOXED_BEAN ->
                        reader(
                                RecordFileDeserializationSchema.pojo(Boxed.class),
                                bean -> {
                                    assertThat(bean.text).isEqualTo("t");
                                    return bean.n;
                                },
                                context);
                case BOXED_RECORD ->
                        reader(
                                RecordFileDeserializationSchema.pojo(BoxedRecord.class),
                                BoxedRecord::n,
                                context);
                case PRIMITIVE_BEAN ->
                        reader(
                                RecordFileDeserializationSchema.pojo(Primitive.class),
                                bean -> bean.n,
                                context);
                case PRIMITIVE_RECORD ->
                        reader(
                                RecordFileDeserializationSchema.pojo(PrimitiveRecord.class),
                                PrimitiveRecord::n,
                                context);
                case TABLE_ROW, TABLE_ROW_NOT_NULL ->
                        reader(
                                RecordFileRowDataSchema.of(
                                        DataTypes.ROW(
                                                DataTypes.FIELD(
                                                        "n",
                                                        nullable
                                                                ? DataTypes.INT()
                                                                : DataTypes.INT().notNull()),
                                                DataTypes.FIELD("text", DataTypes.STRING()))),
                                (RowData row) -> {
                                    assertThat(row.getString(1)).hasToString("t");
                                    return row.isNullAt(0) ? null : row.getInt(0);
                                },
                                context);
            };
        }

        private static <T> FunctionWithException<TestRecord, Integer, Exception> reader(
                RecordFileDeserializationSchema<T> schema,
                FunctionWithException<T, Integer, Exception> field,
                TestSchemaContext context)
                throws Exception {
            SchemaRun<T> run = new SchemaRun<>(schema, context);
            return record -> field.apply(run.readOne(record));
        }
    }

    private static TestRecord with(TestColumn n) {
        return TestRecord.of(n, TestColumn.text("text", "t"));
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatIsMissing(Target target) throws Exception {
        TestSchemaContext context = TestSchemaContext.nulling();
        FunctionWithException<TestRecord, Integer, Exception> n = target.open(context);
        TestRecord record = with(TestColumn.text("another", "1"));

        if (target.nullable) {
            assertThat(n.apply(record)).isEqualTo(target.ifMissing);
        } else {
            assertMalformed(n, record, RecordFileError.COLUMN_COUNT, "has no column 'n'");
        }
        assertThat(context.failedFields()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatSaysThatItIsNone(Target target) throws Exception {
        checkNoValue(target, with(TestColumn.none("n")));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyValue(Target target) throws Exception {
        checkNoValue(target, with(TestColumn.text("n", "")));
    }

    private static void checkNoValue(Target target, TestRecord record) throws Exception {
        TestSchemaContext context = TestSchemaContext.nulling();
        FunctionWithException<TestRecord, Integer, Exception> n = target.open(context);

        if (target.nullable) {
            assertThat(n.apply(record)).isNull();
        } else {
            assertMalformed(n, record, RecordFileError.CAST, "no value in column 'n'");
        }
        assertThat(context.failedFields()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatDoesNotFit(Target target) throws Exception {
        checkBadValue(target, TestColumn.text("n", "12x"), "'12x' of column 'n'");
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfAnotherKind(Target target) throws Exception {
        checkBadValue(target, TestColumn.truth("n", "true"), "'true' of column 'n'");
        checkBadValue(target, TestColumn.nested("n", "[1]"), "'[1]' of column 'n'");
    }

    private static void checkBadValue(Target target, TestColumn bad, String message)
            throws Exception {
        assertMalformed(
                target.open(TestSchemaContext.refusing()),
                with(bad),
                RecordFileError.CAST,
                message);

        TestSchemaContext context = TestSchemaContext.nulling();
        FunctionWithException<TestRecord, Integer, Exception> n = target.open(context);
        if (target.nullable) {
            assertThat(n.apply(with(bad))).isNull();
            assertThat(context.failedFields())
                    .singleElement()
                    .satisfies(e -> assertThat(e.column()).isEqualTo("n"));
        } else {
            assertMalformed(n, with(bad), RecordFileError.CAST, message);
            assertThat(context.failedFields()).isEmpty();
        }
        assertThat(n.apply(with(TestColumn.text("n", "7")))).isEqualTo(7);
    }

    private static void assertMalformed(
            FunctionWithException<TestRecord, Integer, Exception> n,
            TestRecord record,
            RecordFileError error,
            String message) {
        assertThatThrownBy(() -> n.apply(record))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class,
                        e -> {
                            assertThat(e.error()).isEqualTo(error);
                            assertThat(e.column()).isEqualTo("n");
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }
}
