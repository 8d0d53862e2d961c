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
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Columns by name as an object of a class: a POJO of Flink, or a record of Java. */
@Internal
final class PojoSchema<T> implements RecordFileDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final HashMap<String, String> columnNames;
    private final TypeInformation<T> typeInformation;
    private transient NamedColumns columns;
    private transient PojoFactory<T> factory;

    PojoSchema(Class<T> type, Map<String, String> columnNames) {
        this.type = Objects.requireNonNull(type, "type");
        this.columnNames = new HashMap<>(columnNames);
        this.typeInformation = new PojoLayout<>(type, this.columnNames).typeInformation();
    }

    @Override
    public void open(Context context) {
        PojoLayout<T> layout = new PojoLayout<>(type, columnNames);
        List<NamedColumns.Column> layoutColumns = layout.columns();
        columns = new NamedColumns(layoutColumns, context);
        factory = layout.factory(layoutColumns);
    }

    @Override
    public boolean isThreadAgnostic() {
        return true;
    }

    @Override
    public void deserialize(RecordFileRecord record, Collector<T> out) throws IOException {
        columns.read(record);
        out.collect(factory.create(columns));
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return typeInformation;
    }

    @Override
    public String toString() {
        return "POJO " + type.getName();
    }
}
