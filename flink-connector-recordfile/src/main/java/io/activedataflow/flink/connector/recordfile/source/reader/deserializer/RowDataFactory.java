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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Makes rows of tables from the columns of a record. Used by one thread. */
@Internal
abstract class RowDataFactory {

    private RowDataFactory() {}

    /**
     * @throws IOException if a column does not fit
     */
    abstract RowData create(NamedColumns columns) throws IOException;

    /** The fastest one that there is for these columns. */
    static RowDataFactory of(
            List<NamedColumns.Column> columns, TypeInformation<RowData> typeInformation) {
        BinarySetter[] setters = new BinarySetter[columns.size()];
        for (int i = 0; i < setters.length; i++) {
            setters[i] = BinarySetter.of(i, columns.get(i).converter());
        }
        TypeSerializer<RowData> serializer =
                typeInformation.createSerializer(new ExecutionConfig().getSerializerConfig());
        return !Arrays.asList(setters).contains(null)
                        && new BinaryRowCheck(columns, setters, serializer).succeeds()
                ? new OfBytes(setters, serializer)
                : new OfObjects(setters.length);
    }

    /** Rows that are copied, serialized and compared as one piece. */
    private static final class OfBytes extends RowDataFactory {

        private final BinarySetter[] setters;
        private final TypeSerializer<RowData> serializer;
        private final BinaryRow row;
        private final DataInputDeserializer input = new DataInputDeserializer();

        OfBytes(BinarySetter[] setters, TypeSerializer<RowData> serializer) {
            this.setters = setters;
            this.serializer = serializer;
            this.row = new BinaryRow(setters.length);
        }

        @Override
        RowData create(NamedColumns columns) throws IOException {
            row.reset();
            try {
                for (int i = 0; i < setters.length; i++) {
                    columns.set(i, setters[i], row);
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
            input.setBuffer(row.serialized(), 0, row.length());
            return serializer.deserialize(input);
        }
    }

    /** Rows that may have parts. */
    private static final class OfObjects extends RowDataFactory {

        private final int arity;

        OfObjects(int arity) {
            this.arity = arity;
        }

        @Override
        RowData create(NamedColumns columns) throws IOException {
            GenericRowData row = new GenericRowData(arity);
            for (int i = 0; i < arity; i++) {
                row.setField(i, columns.value(i));
            }
            return row;
        }
    }
}
