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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClientFactory;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Puts a reader together on the worker. */
@Internal
public final class RedisStreamsSourceReaderFactory<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RedisStreamsClientFactory clients;
    private final ReaderOptions options;
    private final RedisStreamsSelection selection;
    private final TreeMap<String, StreamEntryId> positionOverrides;
    private final RedisStreamsDeserializationSchema<T> deserializer;
    private final RedisStreamsMalformedPolicy<T> malformedPolicy;

    public RedisStreamsSourceReaderFactory(
            RedisStreamsClientFactory clients,
            ReaderOptions options,
            RedisStreamsSelection selection,
            Map<String, StreamEntryId> positionOverrides,
            RedisStreamsDeserializationSchema<T> deserializer,
            RedisStreamsMalformedPolicy<T> malformedPolicy) {
        this.clients = clients;
        this.options = options;
        this.selection = selection;
        this.positionOverrides = new TreeMap<>(positionOverrides);
        this.deserializer = deserializer;
        this.malformedPolicy = malformedPolicy;
    }

    public RedisStreamsSourceReader<T> create(SourceReaderContext context) throws Exception {
        RedisStreamsSourceReaderMetrics metrics =
                new RedisStreamsSourceReaderMetrics(context.metricGroup());
        deserializer.open(new InitializationContext(context));
        PendingEntries pendingEntries = new PendingEntries();
        ReaderClient client = ReaderClient.create(clients.create(), context.getIndexOfSubtask());
        metrics.registerPendingRecords(
                new PendingGauge(pendingEntries, client, options.positionCheckInterval()));
        return new RedisStreamsSourceReader<>(
                context,
                options,
                client,
                new RestoredSplits(selection, positionOverrides),
                new RedisStreamsRecordEmitter<>(
                        deserializer, malformedPolicy, metrics.malformedEntries()),
                pendingEntries,
                metrics);
    }

    private record InitializationContext(SourceReaderContext reader)
            implements DeserializationSchema.InitializationContext {

        @Override
        public MetricGroup getMetricGroup() {
            return reader.metricGroup().addGroup("deserializer");
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return reader.getUserCodeClassLoader();
        }
    }
}
