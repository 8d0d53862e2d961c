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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The fields of an entry by name as a row, converted to the types of its columns. */
@Internal
final class RowSchema implements RedisStreamsDeserializationSchema<Row> {

    private static final long serialVersionUID = 1L;

    private final RowTypeInfo rowType;

    private transient NamedValues values;

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

    private static List<NamedValues.Column> columns(RowTypeInfo type) {
        List<NamedValues.Column> columns = new ArrayList<>(type.getArity());
        for (int i = 0; i < type.getArity(); i++) {
            String name = type.getFieldNames()[i];
            TypeInformation<?> columnType = type.getTypeAt(i);
            Class<?> target = columnType.getTypeClass();
            TextConverter converter = TextType.converterTo(target);
            if (converter == null || columnType instanceof GenericTypeInfo) {
                throw new IllegalArgumentException(
                        "Column '"
                                + name
                                + "' is of type "
                                + columnType
                                + ", which the value of a Redis field cannot be converted to. The"
                                + " types there are, by the constants of Flink's class Types: "
                                + TextType.SUPPORTED
                                + '.');
            }
            columns.add(new NamedValues.Column(name, target.getSimpleName(), converter));
        }
        return columns;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        values = new NamedValues(columns(rowType));
        template =
                rowType.createSerializer(new ExecutionConfig().getSerializerConfig())
                        .createInstance();
    }

    @Override
    public void deserialize(RedisStreamsEntry entry, Collector<Row> out) throws IOException {
        Object[] columns = values.read(entry);
        Row row = Row.copy(template);
        for (int i = 0; i < columns.length; i++) {
            row.setField(i, columns[i]);
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
