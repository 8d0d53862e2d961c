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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Picks the fields of given names out of entries and converts their values. Of several fields of
 * one name the last counts. Task thread only.
 */
@Internal
final class NamedValues {

    /**
     * A field to pick.
     *
     * @param name its name
     * @param type the name of the type it is converted to, for messages
     */
    record Column(String name, String type, TextConverter converter) {}

    private static final Integer NO_COLUMN = -1;

    private final List<Column> columns;
    private final Map<ByteBuffer, Integer> columnsByName = new HashMap<>();
    private final FieldNameCache<Integer> columnsByPosition =
            new FieldNameCache<>(
                    name -> columnsByName.getOrDefault(ByteBuffer.wrap(name), NO_COLUMN));

    private final int[] fieldOfColumn;
    private final Object[] values;

    NamedValues(List<Column> columns) {
        this.columns = columns;
        this.fieldOfColumn = new int[columns.size()];
        this.values = new Object[columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            byte[] name = columns.get(column).name().getBytes(StandardCharsets.UTF_8);
            columnsByName.put(ByteBuffer.wrap(name), column);
        }
    }

    /**
     * The values of an entry, null where it has no such field.
     *
     * @return an array that is re-used by the next call
     * @throws IOException if a value cannot be converted
     */
    Object[] read(RedisStreamsEntry entry) throws IOException {
        Arrays.fill(fieldOfColumn, -1);
        int fields = entry.fieldCount();
        for (int field = 0; field < fields; field++) {
            int column = columnsByPosition.get(entry, field);
            if (column >= 0) {
                fieldOfColumn[column] = field;
            }
        }
        for (int column = 0; column < values.length; column++) {
            int field = fieldOfColumn[column];
            values[column] = field < 0 ? null : convert(columns.get(column), entry, field);
        }
        return values;
    }

    private static Object convert(Column column, RedisStreamsEntry entry, int field)
            throws IOException {
        byte[] data = entry.buffer();
        int offset = entry.valueOffset(field);
        int length = entry.valueLength(field);
        try {
            return column.converter().convert(data, offset, length);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "The value "
                            + Excerpt.of(data, offset, length)
                            + " of field '"
                            + column.name()
                            + "' is not of type "
                            + column.type()
                            + '.',
                    e);
        }
    }
}
