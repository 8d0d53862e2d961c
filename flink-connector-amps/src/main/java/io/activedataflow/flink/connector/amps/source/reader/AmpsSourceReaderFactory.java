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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.metrics.AmpsSourceReaderMetrics;
import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

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
public final class AmpsSourceReaderFactory<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final AmpsConnectionFactory connections;
    private final ReaderOptions options;
    private final AmpsTopicSelection selection;
    private final AmpsSharding sharding;
    private final TreeMap<String, String> positionOverrides;
    private final AmpsDeserializationSchema<T> deserializer;
    private final AmpsMalformedPolicy<T> malformedPolicy;

    public AmpsSourceReaderFactory(
            AmpsConnectionFactory connections,
            ReaderOptions options,
            AmpsTopicSelection selection,
            AmpsSharding sharding,
            Map<String, String> positionOverrides,
            AmpsDeserializationSchema<T> deserializer,
            AmpsMalformedPolicy<T> malformedPolicy) {
        this.connections = connections;
        this.options = options;
        this.selection = selection;
        this.sharding = sharding;
        this.positionOverrides = new TreeMap<>(positionOverrides);
        this.deserializer = deserializer;
        this.malformedPolicy = malformedPolicy;
    }

    public AmpsSourceReader<T> create(SourceReaderContext context) throws Exception {
        QueueLeases queues = new QueueLeases();
        AmpsSourceReaderMetrics metrics =
                new AmpsSourceReaderMetrics(context.metricGroup(), queues::unacknowledged);
        deserializer.open(new InitializationContext(context));
        ClientNames names = new ClientNames(options.clientName(), context.getIndexOfSubtask());
        SplitStates states = new SplitStates();
        SubscriptionContext subscriptions =
                new SubscriptionContext(
                        options,
                        connections,
                        new ReplayPlanner(options),
                        new ConnectionWorkers(names.toString(), options.heartbeatInterval()),
                        new Signal(),
                        metrics,
                        states::apply,
                        names,
                        queues,
                        new Acknowledger(names.toString()));
        AmpsRecordEmitter<T> emitter =
                new AmpsRecordEmitter<>(
                        deserializer,
                        malformedPolicy,
                        metrics.malformedMessages(),
                        metrics::bytesIn);
        return options.areOfQueues()
                ? new AmpsQueueSourceReader<>(
                        context,
                        subscriptions,
                        restored(sharding.competingBy(context::currentParallelism)),
                        states,
                        emitter)
                : new AmpsSourceReader<>(
                        context, subscriptions, restored(sharding), states, emitter);
    }

    private RestoredSplits restored(AmpsSharding ofToday) {
        return new RestoredSplits(selection, ofToday, positionOverrides);
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
