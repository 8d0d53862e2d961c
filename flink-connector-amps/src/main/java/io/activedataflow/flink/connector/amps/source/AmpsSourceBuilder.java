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

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.ClientAmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.enumerator.AmpsEnumeratorSettings;
import io.activedataflow.flink.connector.amps.source.reader.AmpsMalformedPolicy;
import io.activedataflow.flink.connector.amps.source.reader.AmpsSourceReaderFactory;
import io.activedataflow.flink.connector.amps.source.reader.ReaderOptions;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Describes an {@link AmpsSource}. A connection, what to read, and a deserializer are required;
 * everything else has a default, which {@link AmpsSourceOptions} documents.
 *
 * <p>Each setter refuses what it alone can judge; {@link #build} reports everything that does not
 * go together at once. Not thread-safe.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class AmpsSourceBuilder<T> {

    private static final double BACKOFF_JITTER = 0.5;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What still fits into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    final Configuration options = new Configuration();
    AmpsConnectionOptions connection;
    AmpsTopicSelection selection;
    AmpsSharding sharding = AmpsSharding.NONE;
    AmpsSubscriptionKind kind = AmpsSubscriptionKind.BOOKMARK_REPLAY;
    AmpsStartPosition start;
    AmpsStopPosition stop = AmpsStopPosition.never();
    AmpsDeserializationSchema<T> deserializer;
    Map<String, AmpsStartPosition> positionOverrides = Map.of();
    String filter;
    List<String> subscribeOptions = List.of();
    List<String> selectedFields = List.of();
    private AmpsMalformedPolicy<T> malformedPolicy = AmpsMalformedPolicy.fail();

    AmpsSourceBuilder() {}

    /** Which servers to read from, and how. Required. */
    public AmpsSourceBuilder<T> setConnection(AmpsConnectionOptions options) {
        connection = Objects.requireNonNull(options, "connection");
        return this;
    }

    /** What to read; this or one of its short forms is required. */
    public AmpsSourceBuilder<T> setSelection(AmpsTopicSelection topics) {
        selection = Objects.requireNonNull(topics, "selection");
        return this;
    }

    /** See {@link AmpsTopicSelection#topics}. */
    public AmpsSourceBuilder<T> setTopics(String... names) {
        return setSelection(AmpsTopicSelection.topics(names));
    }

    /** See {@link AmpsTopicSelection#pattern}. */
    public AmpsSourceBuilder<T> setTopicPattern(String regex) {
        return setSelection(AmpsTopicSelection.pattern(regex));
    }

    /** See {@link AmpsTopicSelection#discovered}. */
    public AmpsSourceBuilder<T> setDiscoveredTopics(String regex, AmpsAdminOptions admin) {
        return setSelection(AmpsTopicSelection.discovered(regex, admin));
    }

    /** How to subscribe; {@link AmpsSubscriptionKind#BOOKMARK_REPLAY} by default. */
    public AmpsSourceBuilder<T> setSubscriptionKind(AmpsSubscriptionKind subscriptionKind) {
        kind = Objects.requireNonNull(subscriptionKind, "subscription kind");
        return this;
    }

    /**
     * Which messages to read, in the language of the server's content filters, for example {@code
     * /region = 'EU' AND /amount > 10}. Default: all. A job that is restored with another filter
     * goes on behind the messages that the old one has let through.
     */
    public AmpsSourceBuilder<T> setFilter(String contentFilter) {
        filter = ContentFilters.require(contentFilter);
        return this;
    }

    /**
     * Further options of the subscription, such as {@code fully_durable}, {@code rate=1000} or
     * {@code no_sowkey}, each as a text of its own; replaces what was set before. Default: none.
     */
    public AmpsSourceBuilder<T> setOptions(String... serverOptions) {
        subscribeOptions = Arrays.stream(serverOptions).map(SubscribeOptions::require).toList();
        return this;
    }

    /**
     * The fields that the server sends of each message, such as {@code /id} and {@code
     * /customer/name}; the others are left out. Default: whole messages.
     */
    public AmpsSourceBuilder<T> setFieldSelection(String... fields) {
        for (String field : fields) {
            Fields.requirePlain("setFieldSelection()", field);
        }
        selectedFields = List.of(fields);
        return this;
    }

    /**
     * Cuts each topic into shards by the value of a field, to be read in parallel; messages with
     * the same value are in the same shard and keep their order, those without the field are all in
     * one. Default: no shards.
     *
     * <p>Each shard is a connection of its own, for which the server goes over the whole log. Field
     * and number are part of the state: a job cannot be restored with others. Rescaling the job
     * moves shards between subtasks and needs no more of them.
     *
     * @param field for example {@code /customerId}
     * @param shards from 1 to 1024; best a multiple of all parallelisms to come
     */
    public AmpsSourceBuilder<T> shardBy(String field, int shards) {
        sharding = AmpsSharding.byField(field, shards);
        return this;
    }

    /**
     * Cuts each topic into shards by the bookmark: evenly and for any content, but without order
     * between the messages of different shards. Otherwise as {@link #shardBy}.
     */
    public AmpsSourceBuilder<T> shardByBookmark(int shards) {
        sharding = AmpsSharding.byBookmark(shards);
        return this;
    }

    /** Where to start in a new job; {@link AmpsStartPosition#earliest()} by default. */
    public AmpsSourceBuilder<T> setStartPosition(AmpsStartPosition position) {
        start = Objects.requireNonNull(position, "start position");
        return this;
    }

    /** Where to stop, which makes the source bounded; {@link AmpsStopPosition#never()}. */
    public AmpsSourceBuilder<T> setBounded(AmpsStopPosition position) {
        stop = Objects.requireNonNull(position, "stop position");
        return this;
    }

    /** How to turn messages into records. Required. */
    public AmpsSourceBuilder<T> setDeserializer(AmpsDeserializationSchema<T> schema) {
        deserializer = Objects.requireNonNull(schema, "deserializer");
        return this;
    }

    /** What to do with messages that the deserializer refuses; to fail by default. */
    public AmpsSourceBuilder<T> onMalformed(AmpsMalformedPolicy<T> policy) {
        malformedPolicy = Objects.requireNonNull(policy, "malformed policy");
        return this;
    }

    /** See {@link AmpsSourceOptions#DISCOVERY_INTERVAL}. */
    public AmpsSourceBuilder<T> setDiscoveryInterval(Duration interval) {
        return setNotNegative(AmpsSourceOptions.DISCOVERY_INTERVAL, interval);
    }

    /** See {@link AmpsSourceOptions#ON_DATA_LOSS}. */
    public AmpsSourceBuilder<T> setOnDataLoss(AmpsDataLossPolicy policy) {
        return set(AmpsSourceOptions.ON_DATA_LOSS, Objects.requireNonNull(policy));
    }

    /** See {@link AmpsSourceOptions#FAILOVER_OVERLAP}. */
    public AmpsSourceBuilder<T> setFailoverOverlap(Duration overlap) {
        return setNotNegative(AmpsSourceOptions.FAILOVER_OVERLAP, overlap);
    }

    /** See {@link AmpsSourceOptions#TIMESTAMPS}. */
    public AmpsSourceBuilder<T> setTimestamps(boolean timestamps) {
        return set(AmpsSourceOptions.TIMESTAMPS, timestamps);
    }

    /** See {@link AmpsSourceOptions#BUFFER_MAX_MESSAGES}. */
    public AmpsSourceBuilder<T> setBufferMaxMessages(int messages) {
        return setAtLeastOne(AmpsSourceOptions.BUFFER_MAX_MESSAGES, messages);
    }

    /** See {@link AmpsSourceOptions#BUFFER_MAX_SIZE}. */
    public AmpsSourceBuilder<T> setBufferMaxSize(MemorySize size) {
        if (size.getBytes() < 1024 || size.getBytes() > (1L << 30)) {
            throw unusable(AmpsSourceOptions.BUFFER_MAX_SIZE, size, "from 1 kb up to 1 gb");
        }
        return set(AmpsSourceOptions.BUFFER_MAX_SIZE, size);
    }

    /** See {@link AmpsSourceOptions#PUBLISHERS_KEEP_AT_LEAST}. */
    public AmpsSourceBuilder<T> setPublishersKeepAtLeast(int publishers) {
        return setAtLeastOne(AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST, publishers);
    }

    /** See {@link AmpsSourceOptions#PUBLISHERS_KEEP_FOR}. */
    public AmpsSourceBuilder<T> setPublishersKeepFor(Duration time) {
        return setNotNegative(AmpsSourceOptions.PUBLISHERS_KEEP_FOR, time);
    }

    /**
     * See {@link AmpsSourceOptions#RETRY_INITIAL_BACKOFF} and {@link
     * AmpsSourceOptions#RETRY_MAX_BACKOFF}.
     */
    public AmpsSourceBuilder<T> setRetryBackoff(Duration initial, Duration max) {
        setPositive(AmpsSourceOptions.RETRY_INITIAL_BACKOFF, initial);
        return setPositive(AmpsSourceOptions.RETRY_MAX_BACKOFF, max);
    }

    /** See {@link AmpsSourceOptions#RETRY_DEADLINE}. */
    public AmpsSourceBuilder<T> setRetryDeadline(Duration deadline) {
        return setPositive(AmpsSourceOptions.RETRY_DEADLINE, deadline);
    }

    /**
     * Puts positions in place of those in the state, once, when the job is restored: each split
     * goes on from the given position, and nothing counts as read before. Applied again only after
     * a restore without it.
     *
     * @param positions by split ID: the topic, or the anchored regular expression in slashes
     *     ({@code /^(?:orders-.*)$/}), followed by {@code #<index>/<shards>} where there are shards
     */
    public AmpsSourceBuilder<T> setPositionOverrides(Map<String, AmpsStartPosition> positions) {
        positions.forEach(
                (splitId, position) -> {
                    if (position instanceof AmpsStartPosition.Latest) {
                        throw new IllegalArgumentException(
                                "The position by hand of split '"
                                        + splitId
                                        + "' is 'latest', which moves. Give the time from which to"
                                        + " read: AmpsStartPosition.timestamp(Instant.now()).");
                    }
                });
        positionOverrides = Map.copyOf(positions);
        return this;
    }

    /**
     * Builds the source.
     *
     * @throws IllegalStateException if something is missing or does not go together; the message
     *     lists everything at once
     */
    public AmpsSource<T> build() {
        List<String> problems = SourceContradictions.of(this);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "This AMPS source cannot be built:\n - " + String.join("\n - ", problems));
        }
        ExponentialBackoff backoff =
                new ExponentialBackoff(
                        options.get(AmpsSourceOptions.RETRY_INITIAL_BACKOFF),
                        options.get(AmpsSourceOptions.RETRY_MAX_BACKOFF),
                        BACKOFF_JITTER);
        AmpsConnectionFactory connections = new ClientAmpsConnectionFactory(connection);
        Map<String, String> overrides = new TreeMap<>();
        positionOverrides.forEach((id, at) -> overrides.put(id, WireBookmarks.start(at)));
        return new AmpsSource<>(
                connection,
                enumeratorSettings(overrides, backoff),
                connections,
                deserializer.getProducedType(),
                new AmpsSourceReaderFactory<>(
                        connections,
                        readerOptions(backoff),
                        selection,
                        sharding,
                        overrides,
                        deserializer,
                        malformedPolicy));
    }

    AmpsEnumeratorSettings enumeratorSettings(
            Map<String, String> overrides, ExponentialBackoff backoff) {
        return new AmpsEnumeratorSettings(
                selection,
                sharding,
                filter,
                kind,
                start == null ? AmpsStartPosition.earliest() : start,
                stop,
                overrides,
                options.get(AmpsSourceOptions.DISCOVERY_INTERVAL),
                connection.clientNamePrefix(),
                connection.commandTimeout(),
                backoff,
                options.get(AmpsSourceOptions.RETRY_DEADLINE));
    }

    ReaderOptions readerOptions(ExponentialBackoff backoff) {
        return new ReaderOptions(
                connection.clientNamePrefix(),
                filter,
                effectiveSubscribeOptions(),
                options.get(AmpsSourceOptions.TIMESTAMPS),
                connection.endpointsAreStable(),
                options.get(AmpsSourceOptions.FAILOVER_OVERLAP),
                options.get(AmpsSourceOptions.ON_DATA_LOSS),
                new PublisherPruning(
                        options.get(AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST),
                        options.get(AmpsSourceOptions.PUBLISHERS_KEEP_FOR)),
                options.get(AmpsSourceOptions.BUFFER_MAX_MESSAGES),
                options.get(AmpsSourceOptions.BUFFER_MAX_SIZE).getBytes(),
                connection.heartbeatInterval(),
                connection.commandTimeout(),
                backoff,
                options.get(AmpsSourceOptions.RETRY_DEADLINE));
    }

    private List<String> effectiveSubscribeOptions() {
        List<String> effective = new ArrayList<>(subscribeOptions);
        if (!selectedFields.isEmpty()) {
            effective.add(
                    selectedFields.stream()
                            .map(field -> ",+" + field)
                            .collect(Collectors.joining("", "select=[-/", "]")));
        }
        return effective;
    }

    private <V> AmpsSourceBuilder<T> set(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    private AmpsSourceBuilder<T> setPositive(ConfigOption<Duration> option, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw unusable(option, value, "at least 1 ms and at most 36500 d");
        }
        return set(option, value);
    }

    private AmpsSourceBuilder<T> setNotNegative(ConfigOption<Duration> option, Duration value) {
        if (!value.isZero() && (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0)) {
            throw unusable(option, value, "0, or at least 1 ms and at most 36500 d");
        }
        return set(option, value);
    }

    private AmpsSourceBuilder<T> setAtLeastOne(ConfigOption<Integer> option, int value) {
        if (value < 1) {
            throw unusable(option, value, "1 or more");
        }
        return set(option, value);
    }

    private static IllegalArgumentException unusable(
            ConfigOption<?> option, Object value, String remedy) {
        return new IllegalArgumentException(
                "'" + option.key() + "' cannot be " + value + ". Give " + remedy + '.');
    }
}
