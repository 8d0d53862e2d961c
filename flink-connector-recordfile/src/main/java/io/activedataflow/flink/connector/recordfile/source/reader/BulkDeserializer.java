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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;

import javax.annotation.Nullable;

import java.util.List;

/**
 * A deserialization schema inside of Flink's {@code FileSource}, which has no metrics and no policy
 * for malformed records to offer. Task thread only.
 */
@Internal
final class BulkDeserializer<T> implements RecordFileDeserializationSchema.Context {

    private final RecordFileDeserializationSchema<T> schema;
    private final RecordFileFraming framing;
    private boolean open;

    BulkDeserializer(RecordFileDeserializationSchema<T> schema, RecordFileFraming framing) {
        this.schema = schema;
        this.framing = framing;
    }

    void deserialize(RecordCursor record, Collector<T> out) throws Exception {
        if (!open) {
            schema.open(this);
            open = true;
        }
        if (record.error() != null) {
            throw new MalformedRecordException(record.error().error(), record.error().message());
        }
        schema.deserialize(record, out);
    }

    @Override
    public ColumnReader columns(@Nullable List<String> columns) {
        return framing.createColumnReader(columns);
    }

    @Override
    public void fieldFailed(MalformedRecordException error) throws MalformedRecordException {
        throw error;
    }

    @Override
    public MetricGroup getMetricGroup() {
        return new UnreportedMetrics();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return new UserCodeClassLoader() {
            @Override
            public ClassLoader asClassLoader() {
                return loader;
            }

            @Override
            public void registerReleaseHookIfAbsent(String name, Runnable hook) {
                throw new UnsupportedOperationException(
                        "Flink's file source does not tell formats when a job ends: the hook "
                                + name
                                + " would never run.");
            }
        };
    }
}
