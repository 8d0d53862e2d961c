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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

import javax.annotation.Nullable;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects and arrays of JSON as rows, arrays and maps of tables. */
@Internal
final class NestedConverters {

    private static final Set<Kind> NESTED = Set.of(Kind.NESTED);

    private NestedConverters() {}

    /** Converts the values that a nested value consists of. */
    private static final class Part {

        private final String name;
        private final boolean nullable;
        private final ValueConverter converter;

        Part(LogicalType type, String name) {
            this.name = name;
            this.nullable = type.isNullable();
            this.converter = RowDataConverters.to(type, name, new StringStore());
        }

        @Nullable
        Object convert(JsonItems items) throws CharacterCodingException {
            Kind kind = items.kind();
            boolean empty = items.from() == items.to() && !converter.isText();
            if (kind == Kind.NULL || kind == Kind.TEXT && empty) {
                return absent();
            }
            if (!converter.takes(kind)) {
                throw new ConversionException("There is a value of another type in " + name + '.');
            }
            return converter.convert(kind, items.buffer(), items.from(), items.to());
        }

        @Nullable
        Object absent() {
            if (!nullable) {
                throw new ConversionException("There is no value in " + name + '.');
            }
            return null;
        }
    }

    private static JsonItems items(byte[] data, int from, int to, boolean object) {
        JsonItems items = new JsonItems(data, from, to);
        if (items.isObject() != object) {
            throw new ConversionException("It is not an " + (object ? "object." : "array."));
        }
        return items;
    }

    /** An object as a row: fields by name, of several members of one name the last. */
    static final class ToRow extends ValueConverter {

        private final Map<String, Integer> positions = new HashMap<>();
        private final List<Part> fields = new ArrayList<>();

        ToRow(RowType type, String path) {
            super(false, NESTED);
            for (RowType.RowField field : type.getFields()) {
                positions.put(field.getName(), fields.size());
                fields.add(new Part(field.getType(), path + '.' + field.getName()));
            }
        }

        @Override
        RowData convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            JsonItems members = items(data, from, to, true);
            GenericRowData row = new GenericRowData(fields.size());
            while (members.next()) {
                Integer position = positions.get(members.name());
                if (position != null) {
                    row.setField(position, fields.get(position).convert(members));
                }
            }
            for (int i = 0; i < fields.size(); i++) {
                if (row.getField(i) == null) {
                    fields.get(i).absent();
                }
            }
            return row;
        }
    }

    /** An array. */
    static final class ToArray extends ValueConverter {

        private final Part element;

        ToArray(ArrayType type, String path) {
            super(false, NESTED);
            element = new Part(type.getElementType(), path + "[]");
        }

        @Override
        ArrayData convert(Kind kind, byte[] data, int from, int to)
                throws CharacterCodingException {
            JsonItems elements = items(data, from, to, false);
            List<Object> array = new ArrayList<>();
            while (elements.next()) {
                array.add(element.convert(elements));
            }
            return new GenericArrayData(array.toArray());
        }
    }

    /** An object as a map. */
    static final class ToMap extends ValueConverter {

        private final Part value;

        ToMap(MapType type, String path) {
            super(false, NESTED);
            LogicalTypeRoot key = type.getKeyType().getTypeRoot();
            if (key != LogicalTypeRoot.VARCHAR && key != LogicalTypeRoot.CHAR) {
                throw new IllegalArgumentException(
                        "The keys of the map '"
                                + path
                                + "' are of type "
                                + type.getKeyType().asSummaryString()
                                + ". The names of the members of an object are text: use STRING.");
            }
            value = new Part(type.getValueType(), path + "{}");
        }

        @Override
        MapData convert(Kind kind, byte[] data, int from, int to) throws CharacterCodingException {
            JsonItems members = items(data, from, to, true);
            Map<StringData, Object> map = new HashMap<>();
            while (members.next()) {
                map.put(StringData.fromString(members.name()), value.convert(members));
            }
            return new GenericMapData(map);
        }
    }
}
