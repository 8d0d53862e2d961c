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
import io.activedataflow.flink.connector.recordfile.source.reader.TestSchemaContext;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows are the same bytes that Flink's own serializer makes of rows of objects. */
class BinaryRowTest {

    /** A type, and values of it. */
    private record Values(DataType type, Arbitrary<String> texts) {}

    private static final Arbitrary<String> FRACTION =
            Arbitraries.strings().numeric().ofMaxLength(5);

    private static final Arbitrary<String> TIMES =
            Combinators.combine(
                            Arbitraries.integers().between(1000, 9999),
                            Arbitraries.integers().between(10, 12),
                            Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(9))
                    .as(
                            (year, month, nano) ->
                                    year + "-" + month + "-28 " + month + ":59:00." + nano);

    private static final List<Values> TYPES =
            List.of(
                    new Values(DataTypes.STRING(), Arbitraries.strings().all().ofMaxLength(20)),
                    new Values(
                            DataTypes.STRING(), Arbitraries.of("", "1234567", "12345678", "äöü")),
                    new Values(
                            DataTypes.STRING(),
                            Arbitraries.strings().ascii().ofMinLength(300).ofMaxLength(400)),
                    new Values(DataTypes.BOOLEAN(), Arbitraries.of("true", "false")),
                    new Values(DataTypes.TINYINT(), Arbitraries.bytes().map(String::valueOf)),
                    new Values(DataTypes.SMALLINT(), Arbitraries.shorts().map(String::valueOf)),
                    new Values(DataTypes.INT(), Arbitraries.integers().map(String::valueOf)),
                    new Values(DataTypes.BIGINT(), Arbitraries.longs().map(String::valueOf)),
                    new Values(DataTypes.FLOAT(), Arbitraries.floats().map(String::valueOf)),
                    new Values(DataTypes.DOUBLE(), Arbitraries.doubles().map(String::valueOf)),
                    new Values(
                            DataTypes.DECIMAL(18, 3),
                            Arbitraries.integers().flatMap(i -> FRACTION.map(f -> i + "." + f))),
                    new Values(
                            DataTypes.DECIMAL(38, 2),
                            Arbitraries.longs().flatMap(l -> FRACTION.map(f -> l + f + "." + f))),
                    new Values(DataTypes.DATE(), TIMES.map(text -> text.substring(0, 10))),
                    new Values(DataTypes.TIME(3), TIMES.map(text -> text.substring(11))),
                    new Values(DataTypes.TIMESTAMP(3), TIMES),
                    new Values(DataTypes.TIMESTAMP(9), TIMES),
                    new Values(DataTypes.TIMESTAMP_LTZ(0), TIMES.map(text -> text + "Z")),
                    new Values(DataTypes.TIMESTAMP_LTZ(6), TIMES.map(text -> text + "-01:00")),
                    new Values(DataTypes.BYTES(), Arbitraries.of("", "AQ==", "AQIDBAUGBwgJ")));

    private static RowType rowType(List<Integer> types) {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(DataTypes.FIELD("c" + i, TYPES.get(types.get(i)).type()));
        }
        return (RowType) DataTypes.ROW(fields.toArray(DataTypes.Field[]::new)).getLogicalType();
    }

    @Provide
    Arbitrary<List<Integer>> types() {
        return Arbitraries.integers().between(0, TYPES.size() - 1).list().ofMaxSize(80);
    }

    /** A place for a value; null, or the seed of the value. */
    @Provide
    Arbitrary<List<Long>> seeds() {
        return Arbitraries.longs().injectNull(0.2).list().ofSize(80);
    }

    @Property(tries = 200)
    void rowsAreTheSameBytes(
            @ForAll("types") List<Integer> types,
            @ForAll @Size(max = 3) List<@From("seeds") List<Long>> rows)
            throws Exception {
        RowType type = rowType(types);
        RecordFileRowDataSchema schema = RecordFileRowDataSchema.of(type);
        TypeSerializer<RowData> serializer =
                schema.getProducedType().createSerializer(new SerializerConfigImpl());
        SchemaRun<RowData> run = new SchemaRun<>(schema);
        NamedColumns columns =
                new NamedColumns(RowDataColumns.of(type), TestSchemaContext.refusing());
        for (List<Long> seeds : rows) {
            TestRecord record = record(types, seeds);
            RowData actual = run.collect(record).get(0);

            assertThat(actual).isInstanceOf(BinaryRowData.class);
            assertThat(bytes(serializer, actual))
                    .as("%s", type)
                    .isEqualTo(bytes(serializer, rowOfObjects(columns, types.size(), record)));
        }
    }

    private static TestRecord record(List<Integer> types, List<Long> seeds) {
        List<TestColumn> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            if (seeds.get(i) != null) {
                Arbitrary<String> texts = TYPES.get(types.get(i)).texts();
                String text = texts.generator(100).next(new Random(seeds.get(i))).value();
                columns.add(TestColumn.text("c" + i, text));
            }
        }
        return TestRecord.of(columns.toArray(TestColumn[]::new));
    }

    private static RowData rowOfObjects(NamedColumns columns, int arity, TestRecord record)
            throws IOException {
        columns.read(record);
        GenericRowData row = new GenericRowData(arity);
        for (int i = 0; i < arity; i++) {
            row.setField(i, columns.value(i));
        }
        return row;
    }

    private static byte[] bytes(TypeSerializer<RowData> serializer, RowData row)
            throws IOException {
        DataOutputSerializer output = new DataOutputSerializer(64);
        serializer.serialize(row, output);
        return output.getCopyOfBuffer();
    }

    @Example
    void aSerializerOfAnotherFormIsNoticed() {
        DataType type =
                DataTypes.ROW(
                        DataTypes.FIELD("a", DataTypes.INT()),
                        DataTypes.FIELD("b", DataTypes.STRING()));
        List<NamedColumns.Column> columns = RowDataColumns.of((RowType) type.getLogicalType());
        BinarySetter[] setters = {
            BinarySetter.of(0, columns.get(0).converter()),
            BinarySetter.of(1, columns.get(1).converter())
        };
        BinarySetter[] swapped = {
            BinarySetter.of(1, columns.get(0).converter()),
            BinarySetter.of(0, columns.get(1).converter())
        };
        TypeSerializer<RowData> serializer =
                InternalTypeInfo.of((RowType) type.getLogicalType())
                        .createSerializer(new SerializerConfigImpl());
        TypeSerializer<RowData> ofAnother =
                InternalTypeInfo.of(
                                (RowType)
                                        DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT()))
                                                .getLogicalType())
                        .createSerializer(new SerializerConfigImpl());

        assertThat(new BinaryRowCheck(columns, setters, serializer).succeeds()).isTrue();
        assertThat(new BinaryRowCheck(columns, swapped, serializer).succeeds()).isFalse();
        assertThat(new BinaryRowCheck(columns, setters, ofAnother).succeeds()).isFalse();
    }

    @Example
    void aRowWithPartsIsARowOfObjects() throws Exception {
        RecordFileRowDataSchema schema =
                RecordFileRowDataSchema.of(
                        DataTypes.ROW(
                                DataTypes.FIELD("a", DataTypes.ARRAY(DataTypes.INT())),
                                DataTypes.FIELD("b", DataTypes.INT())));
        RowData row = new SchemaRun<RowData>(schema).collect(TestRecord.ofText("b", "1")).get(0);

        assertThat(row).isInstanceOf(GenericRowData.class);
        assertThat(row.getInt(1)).isEqualTo(1);
        assertThat(row.isNullAt(0)).isTrue();
    }

    @Example
    void aLargeRowLeavesNothingBehind() throws Exception {
        SchemaRun<RowData> run =
                new SchemaRun<>(
                        RecordFileRowDataSchema.of(
                                DataTypes.ROW(
                                        DataTypes.FIELD("a", DataTypes.STRING()),
                                        DataTypes.FIELD("b", DataTypes.STRING()))));
        String large = "x".repeat(1 << 20);

        for (int i = 0; i < 3; i++) {
            RowData first = run.collect(TestRecord.ofText("a", large, "b", "12345678")).get(0);
            RowData second = run.collect(TestRecord.ofText("a", "123456789")).get(0);
            assertThat(first.getString(0)).hasToString(large);
            assertThat(first.getString(1)).hasToString("12345678");
            assertThat(second.getString(0)).hasToString("123456789");
            assertThat(second.isNullAt(1)).isTrue();
        }
    }
}
