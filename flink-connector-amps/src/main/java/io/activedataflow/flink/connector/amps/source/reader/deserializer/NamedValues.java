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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Picks the fields of given tags out of bodies and converts their values. Of several fields of one
 * tag the last counts. Task thread only.
 */
@Internal
final class NamedValues {

    /**
     * A field to pick.
     *
     * @param tag its tag
     * @param type the name of the type it is converted to, for messages
     */
    record Column(String tag, String type, TextConverter converter) {}

    private static final Integer NO_COLUMN = -1;

    private final TagValueFormat format;
    private final List<Column> columns;
    private final Map<ByteBuffer, Integer> columnsByTag = new HashMap<>();
    private final FieldNameCache<Integer> columnsByPosition = new FieldNameCache<>(this::columnOf);
    private final TagValueCursor cursor = new TagValueCursor();

    private final int[] offsets;
    private final int[] lengths;
    private final Object[] values;

    NamedValues(TagValueFormat format, List<Column> columns) {
        this.format = format;
        this.columns = columns;
        this.offsets = new int[columns.size()];
        this.lengths = new int[columns.size()];
        this.values = new Object[columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            byte[] tag = columns.get(column).tag().getBytes(StandardCharsets.UTF_8);
            columnsByTag.put(ByteBuffer.wrap(tag), column);
        }
    }

    private Integer columnOf(byte[] tag) throws IOException {
        format.checkTag(tag);
        return columnsByTag.getOrDefault(ByteBuffer.wrap(tag), NO_COLUMN);
    }

    /**
     * The values of a message, null where it has no such field.
     *
     * @return an array that is re-used by the next call
     * @throws IOException if the body is not of the format, or a value cannot be converted
     */
    Object[] read(AmpsMessage message) throws IOException {
        Arrays.fill(lengths, -1);
        cursor.reset(message);
        while (cursor.next()) {
            int column = columnsByPosition.get(cursor);
            if (column >= 0) {
                offsets[column] = cursor.valueOffset();
                lengths[column] = cursor.valueLength();
            }
        }
        for (int column = 0; column < values.length; column++) {
            values[column] = lengths[column] < 0 ? null : convert(column);
        }
        return values;
    }

    private Object convert(int column) throws IOException {
        byte[] data = cursor.data();
        try {
            return columns.get(column).converter().convert(data, offsets[column], lengths[column]);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "The value "
                            + Excerpt.of(data, offsets[column], lengths[column])
                            + " of field '"
                            + columns.get(column).tag()
                            + "' is not of type "
                            + columns.get(column).type()
                            + '.',
                    e);
        }
    }
}
