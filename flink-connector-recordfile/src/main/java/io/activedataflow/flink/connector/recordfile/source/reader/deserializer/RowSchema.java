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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Columns by name as a row, converted to the types of its fields. */
@Internal
final class RowSchema implements RecordFileDeserializationSchema<Row> {

    private static final long serialVersionUID = 1L;

    private final RowTypeInfo rowType;

    private transient NamedColumns columns;

    /** An empty row that knows the names of its columns; copies of it know them too. */
    private transient Row template;

    RowSchema(TypeInformation<Row> type) {
        if (!(type instanceof RowTypeInfo)) {
            throw new IllegalArgumentException(
                    "The type of the rows is "
                            + type
                            + ". Give names and types of the columns: Types.ROW_NAMED(names,"
                            + " types).");
        }
        rowType = (RowTypeInfo) type;
        columns(rowType);
    }

    private static List<NamedColumns.Column> columns(RowTypeInfo type) {
        List<NamedColumns.Column> columns = new ArrayList<>(type.getArity());
        for (int i = 0; i < type.getArity(); i++) {
            String name = type.getFieldNames()[i];
            TypeInformation<?> columnType = type.getTypeAt(i);
            Class<?> target = columnType.getTypeClass();
            ValueConverter converter = JavaConverters.to(target);
            if (converter == null || columnType instanceof GenericTypeInfo) {
                throw new IllegalArgumentException(
                        "Column '"
                                + name
                                + "' is of type "
                                + columnType
                                + ", which the value of a column cannot be converted to. The types"
                                + " there are, by the constants of Flink's class Types: "
                                + TextType.SUPPORTED
                                + '.');
            }
            columns.add(new NamedColumns.Column(name, target.getSimpleName(), converter, true));
        }
        return columns;
    }

    @Override
    public void open(Context context) {
        columns = new NamedColumns(columns(rowType), context);
        template =
                rowType.createSerializer(new ExecutionConfig().getSerializerConfig())
                        .createInstance();
    }

    @Override
    public boolean isThreadAgnostic() {
        return true;
    }

    @Override
    public void deserialize(RecordFileRecord record, Collector<Row> out) throws IOException {
        columns.read(record);
        Row row = Row.copy(template);
        for (int i = 0; i < rowType.getArity(); i++) {
            row.setField(i, columns.value(i));
        }
        out.collect(row);
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return rowType;
    }

    @Override
    public String toString() {
        return rowType.toString();
    }
}
