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
import java.util.Objects;

/** Turns each element of another schema, together with its record, into an element. */
@Internal
final class RecordFunctionSchema<T, R> implements RecordFileDeserializationSchema<R> {

    private static final long serialVersionUID = 1L;

    private final RecordFileDeserializationSchema<T> source;
    private final RecordFunction<? super T, ? extends R> function;
    private final TypeInformation<R> type;
    private transient ApplyingCollector applying;

    RecordFunctionSchema(
            RecordFileDeserializationSchema<T> source,
            RecordFunction<? super T, ? extends R> function,
            TypeInformation<R> type) {
        this.source = source;
        this.function = Objects.requireNonNull(function, "function");
        this.type = Objects.requireNonNull(type, "type");
    }

    @Override
    public void open(Context context) throws Exception {
        source.open(context);
        applying = new ApplyingCollector();
    }

    @Override
    public void deserialize(RecordFileRecord record, Collector<R> out) throws IOException {
        applying.record = record;
        applying.out = out;
        source.deserialize(record, applying);
    }

    @Override
    public TypeInformation<R> getProducedType() {
        return type;
    }

    @Override
    public String toString() {
        return source + " as " + type;
    }

    /** One for all records, so that none costs an object. */
    private final class ApplyingCollector implements Collector<T> {

        private RecordFileRecord record;
        private Collector<R> out;

        @Override
        public void collect(T element) {
            out.collect(function.apply(element, record));
        }

        @Override
        public void close() {}
    }
}
