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

import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Columns by name as a row of Flink's tables. A class of its own, so that nobody else needs the
 * tables of Flink on the class path.
 *
 * <p>What {@link RecordFileDeserializationSchema} says of columns holds here too. By type of the
 * field:
 *
 * <ul>
 *   <li>{@code CHAR}, {@code VARCHAR}: a value with more characters than the type has is malformed;
 *       nothing is padded.
 *   <li>{@code DECIMAL}: rounded half up to the scale of the type; malformed if it then has more
 *       digits than the precision.
 *   <li>{@code TIME}, {@code TIMESTAMP}, {@code TIMESTAMP_LTZ}: digits beyond the precision are cut
 *       off; {@code TIME} knows no more than milliseconds.
 *   <li>{@code BINARY}, {@code VARBINARY}: base64, as in Flink's own formats.
 *   <li>{@code ROW}, {@code ARRAY}, {@code MAP}, with text as the keys of maps: from an object or
 *       an array of JSON. If one value in it does not fit, all of it does not.
 *   <li>{@code NOT NULL}: the record is malformed if there is no value.
 * </ul>
 *
 * Other types are refused.
 */
@PublicEvolving
public final class RecordFileRowDataSchema implements RecordFileDeserializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final RowType rowType;
    private final TypeInformation<RowData> typeInformation;

    private transient NamedColumns columns;
    private transient RowDataFactory factory;

    private RecordFileRowDataSchema(RowType rowType, TypeInformation<RowData> typeInformation) {
        this.rowType = Objects.requireNonNull(rowType, "rowType");
        this.typeInformation = Objects.requireNonNull(typeInformation, "typeInformation");
        RowDataColumns.of(rowType);
    }

    /**
     * Rows of these columns.
     *
     * @param type names and types of the columns
     * @throws IllegalArgumentException if the type of a column is not supported
     * @throws IllegalStateException if {@code flink-table-runtime}, which every cluster has, is not
     *     on the class path
     */
    public static RecordFileRowDataSchema of(RowType type) {
        return new RecordFileRowDataSchema(
                type,
                OptionalDependency.using(
                        "flink-table-runtime",
                        () -> RowDataTypes.typeInformation(type),
                        "org/apache/flink/table/runtime/"));
    }

    /**
     * As {@link #of(RowType)}: {@code
     * RecordFileRowDataSchema.of(DataTypes.ROW(DataTypes.FIELD("id", DataTypes.BIGINT()),
     * DataTypes.FIELD("name", DataTypes.STRING())))}.
     *
     * @param type {@code DataTypes.ROW(...)}; its conversion classes are not looked at
     * @throws IllegalArgumentException also if it is not a row
     */
    public static RecordFileRowDataSchema of(DataType type) {
        LogicalType logicalType = type.getLogicalType();
        if (logicalType instanceof RowType row) {
            return of(row);
        }
        throw new IllegalArgumentException(
                type + " is not a row. Give names and types of the columns: DataTypes.ROW(...).");
    }

    /**
     * As {@link #of(RowType)}, where the type information is known, as in a connector of tables.
     */
    public static RecordFileRowDataSchema of(
            RowType type, TypeInformation<RowData> typeInformation) {
        return new RecordFileRowDataSchema(type, typeInformation);
    }

    @Override
    public void open(Context context) {
        List<NamedColumns.Column> rowColumns = RowDataColumns.of(rowType);
        columns = new NamedColumns(rowColumns, context);
        factory = RowDataFactory.of(rowColumns, typeInformation);
    }

    @Override
    public boolean isThreadAgnostic() {
        return true;
    }

    @Override
    public void deserialize(RecordFileRecord record, Collector<RowData> out) throws IOException {
        columns.read(record);
        out.collect(factory.create(columns));
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return typeInformation;
    }

    @Override
    public String toString() {
        return rowType.asSummaryString();
    }
}
