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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.ClientAmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.enumerator.AmpsEnumeratorSettings;
import io.activedataflow.flink.connector.amps.source.reader.AmpsSourceReaderFactory;
import io.activedataflow.flink.connector.amps.source.reader.KindOptions;
import io.activedataflow.flink.connector.amps.source.reader.ReaderOptions;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a source of a description without contradictions. */
@Internal
final class SourceAssembly {

    private static final double BACKOFF_JITTER = 0.5;

    private SourceAssembly() {}

    static <T> AmpsSource<T> of(SourceDescription<T> described) {
        ExponentialBackoff backoff =
                new ExponentialBackoff(
                        described.options.get(AmpsSourceOptions.RETRY_INITIAL_BACKOFF),
                        described.options.get(AmpsSourceOptions.RETRY_MAX_BACKOFF),
                        BACKOFF_JITTER);
        AmpsConnectionFactory connections = new ClientAmpsConnectionFactory(described.connection);
        Map<String, String> overrides = new TreeMap<>();
        described.positionOverrides.forEach((id, at) -> overrides.put(id, WireBookmarks.start(at)));
        return new AmpsSource<>(
                described.connection,
                enumeratorSettings(described, overrides, backoff),
                connections,
                described.deserializer.getProducedType(),
                new AmpsSourceReaderFactory<>(
                        connections,
                        readerOptions(described, backoff),
                        described.selection,
                        sharding(described),
                        overrides,
                        described.deserializer,
                        described.malformedPolicy));
    }

    static AmpsEnumeratorSettings enumeratorSettings(
            SourceDescription<?> described,
            Map<String, String> overrides,
            ExponentialBackoff backoff) {
        return new AmpsEnumeratorSettings(
                described.selection,
                sharding(described),
                described.filter,
                described.kind,
                start(described),
                described.stop,
                overrides,
                described.options.get(AmpsSourceOptions.DISCOVERY_INTERVAL),
                described.connection.clientNamePrefix(),
                described.connection.commandTimeout(),
                backoff,
                described.options.get(AmpsSourceOptions.RETRY_DEADLINE));
    }

    /** Null for the state of the world as it is now. */
    @Nullable
    private static AmpsStartPosition start(SourceDescription<?> described) {
        return described.start == null && !described.kind.hasQuery()
                ? AmpsStartPosition.earliest()
                : described.start;
    }

    static ReaderOptions readerOptions(SourceDescription<?> described, ExponentialBackoff backoff) {
        return new ReaderOptions(
                described.connection.clientNamePrefix(),
                described.filter,
                effectiveSubscribeOptions(described),
                described.options.get(AmpsSourceOptions.TIMESTAMPS),
                described.connection.endpointsAreStable(),
                described.options.get(AmpsSourceOptions.FAILOVER_OVERLAP),
                described.options.get(AmpsSourceOptions.ON_DATA_LOSS),
                new PublisherPruning(
                        described.options.get(AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST),
                        described.options.get(AmpsSourceOptions.PUBLISHERS_KEEP_FOR)),
                described.options.get(AmpsSourceOptions.BUFFER_MAX_MESSAGES),
                described.options.get(AmpsSourceOptions.BUFFER_MAX_SIZE).getBytes(),
                described.connection.heartbeatInterval(),
                described.connection.commandTimeout(),
                backoff,
                described.options.get(AmpsSourceOptions.RETRY_DEADLINE),
                kindOptions(described));
    }

    /** The subscriptions to a queue compete; how many they are, may depend on the parallelism. */
    private static AmpsSharding sharding(SourceDescription<?> described) {
        return described
                .options
                .getOptional(AmpsSourceOptions.QUEUE_SUBSCRIPTIONS)
                .map(AmpsSharding::competing)
                .orElse(described.sharding);
    }

    private static KindOptions kindOptions(SourceDescription<?> described) {
        return switch (described.kind) {
            case BOOKMARK_REPLAY -> KindOptions.NONE;
            case QUEUE ->
                    new KindOptions.Queue(
                            described.options.get(AmpsSourceOptions.QUEUE_MAX_BACKLOG),
                            described.options.get(AmpsSourceOptions.QUEUE_ACK_BATCH_SIZE),
                            described.options.get(AmpsSourceOptions.QUEUE_STALL_TIMEOUT));
            case LIVE -> new KindOptions.Live(described.outOfFocus, described.deltas);
            case SOW, SOW_AND_SUBSCRIBE ->
                    new KindOptions.Snapshot(
                            described.orderBy,
                            described.topN,
                            described.options.get(AmpsSourceOptions.SOW_BATCH_SIZE),
                            described.outOfFocus,
                            described.trackKeys,
                            described.deltas);
        };
    }

    private static List<String> effectiveSubscribeOptions(SourceDescription<?> described) {
        List<String> effective = new ArrayList<>(described.subscribeOptions);
        if (!described.selectedFields.isEmpty()) {
            effective.add(
                    described.selectedFields.stream()
                            .map(field -> ",+" + field)
                            .collect(Collectors.joining("", "select=[-/", "]")));
        }
        return effective;
    }
}
