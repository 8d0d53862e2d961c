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
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a serializer writes rows as {@link BinaryRow} does. It does in every Flink that there is,
 * as savepoints depend on it; should another one come, this is how we learn of it.
 */
@Internal
final class BinaryRowCheck {

    /** One of them is a value of any type that has values without parts. */
    private static final List<String> SAMPLES =
            List.of(
                    "a text of some length",
                    "1",
                    "0.1",
                    "0.0000000000000000000000000000000000001",
                    "2026-03-01",
                    "12:34:56.789",
                    "2026-03-01T12:34:56.789012345",
                    "2026-03-01T12:34:56.789012345Z",
                    "AQ==");

    private final List<NamedColumns.Column> columns;
    private final BinarySetter[] setters;
    private final TypeSerializer<RowData> serializer;

    BinaryRowCheck(
            List<NamedColumns.Column> columns,
            BinarySetter[] setters,
            TypeSerializer<RowData> serializer) {
        this.columns = columns;
        this.setters = setters;
        this.serializer = serializer;
    }

    boolean succeeds() {
        try {
            return isSame(false) && isSame(true);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Compares a row of samples; with nulls in every other place, if so wanted. */
    private boolean isSame(boolean withNulls) throws IOException {
        BinaryRow actual = new BinaryRow(setters.length);
        actual.reset();
        GenericRowData expected = new GenericRowData(setters.length);
        for (int i = 0; i < setters.length; i++) {
            if (withNulls && i % 2 == 0 && columns.get(i).nullable()) {
                setters[i].clear(actual);
            } else {
                byte[] sample = sampleOf(columns.get(i).converter());
                expected.setField(i, convert(columns.get(i).converter(), sample));
                setters[i].set(actual, Kind.TEXT, sample, 0, sample.length);
            }
        }
        DataOutputSerializer output = new DataOutputSerializer(actual.length());
        serializer.serialize(expected, output);
        return Arrays.equals(
                output.getSharedBuffer(),
                0,
                output.length(),
                actual.serialized(),
                0,
                actual.length());
    }

    private static byte[] sampleOf(ValueConverter converter) throws IOException {
        for (String sample : SAMPLES) {
            byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
            try {
                convert(converter, bytes);
                return bytes;
            } catch (ConversionException e) {
                // Of another type.
            }
        }
        throw new IllegalArgumentException("There is no sample for " + converter.getClass());
    }

    private static Object convert(ValueConverter converter, byte[] sample) throws IOException {
        return converter.convert(Kind.TEXT, sample, 0, sample.length);
    }
}
