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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsReadFrom;
import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.client.JedisStreamsClientFactory;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClientFactory;
import io.activedataflow.flink.connector.redis.source.enumerator.RedisStreamsEnumeratorSettings;
import io.activedataflow.flink.connector.redis.source.reader.ReaderOptions;
import io.activedataflow.flink.connector.redis.source.reader.RedisStreamsMalformedPolicy;
import io.activedataflow.flink.connector.redis.source.reader.RedisStreamsSourceReaderFactory;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Describes a {@link RedisStreamsSource}. A connection, what to read, and a deserializer are
 * required; everything else has a default, which {@link RedisStreamsSourceOptions} documents.
 *
 * <p>Each setter refuses what it alone can judge; {@link #build} reports everything that does not
 * go together at once. Not thread-safe.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class RedisStreamsSourceBuilder<T> {

    private static final double BACKOFF_JITTER = 0.5;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What still fits into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Configuration options = new Configuration();
    private RedisStreamsConnectionOptions connection;
    private RedisStreamsSelection selection;
    private RedisStreamsStartPosition start = RedisStreamsStartPosition.earliest();
    private RedisStreamsStopPosition stop = RedisStreamsStopPosition.never();
    private RedisStreamsDeserializationSchema<T> deserializer;
    private RedisStreamsMalformedPolicy<T> malformedPolicy = RedisStreamsMalformedPolicy.fail();
    private Map<String, StreamEntryId> positionOverrides = Map.of();

    RedisStreamsSourceBuilder() {}

    /** Which servers to read from, and how. Required. */
    public RedisStreamsSourceBuilder<T> setConnection(RedisStreamsConnectionOptions options) {
        connection = Objects.requireNonNull(options, "connection");
        return this;
    }

    /** What to read; this or one of its short forms is required. */
    public RedisStreamsSourceBuilder<T> setSelection(RedisStreamsSelection streams) {
        selection = Objects.requireNonNull(streams, "selection");
        return this;
    }

    /** Reads all partitions of a topic: {@code <name>-0}, {@code <name>-1} and so on. */
    public RedisStreamsSourceBuilder<T> setTopic(String name) {
        return setSelection(RedisStreamsSelection.topic(name));
    }

    /** Reads a fixed number of partitions of a topic, whether they exist already or not. */
    public RedisStreamsSourceBuilder<T> setTopic(String name, int partitions) {
        return setSelection(RedisStreamsSelection.topic(name, partitions));
    }

    /** Reads the streams of these keys, whether they exist already or not. */
    public RedisStreamsSourceBuilder<T> setStreams(String... keys) {
        return setSelection(RedisStreamsSelection.keys(keys));
    }

    /** Reads all streams whose keys match a glob pattern. */
    public RedisStreamsSourceBuilder<T> setPattern(String glob) {
        return setSelection(RedisStreamsSelection.pattern(glob));
    }

    /** Where to start in a new job; {@link RedisStreamsStartPosition#earliest()} by default. */
    public RedisStreamsSourceBuilder<T> setStartPosition(RedisStreamsStartPosition position) {
        start = Objects.requireNonNull(position, "start position");
        return this;
    }

    /** Where to stop, which makes the source bounded; {@link RedisStreamsStopPosition#never()}. */
    public RedisStreamsSourceBuilder<T> setBounded(RedisStreamsStopPosition position) {
        stop = Objects.requireNonNull(position, "stop position");
        return this;
    }

    /** How to turn entries into records. Required. */
    public RedisStreamsSourceBuilder<T> setDeserializer(
            RedisStreamsDeserializationSchema<T> schema) {
        deserializer = Objects.requireNonNull(schema, "deserializer");
        return this;
    }

    /** What to do with entries that the deserializer refuses; to fail by default. */
    public RedisStreamsSourceBuilder<T> onMalformed(RedisStreamsMalformedPolicy<T> policy) {
        malformedPolicy = Objects.requireNonNull(policy, "malformed policy");
        return this;
    }

    /** See {@link RedisStreamsSourceOptions#CONSUMER_GROUP}. */
    public RedisStreamsSourceBuilder<T> setConsumerGroup(String group) {
        return set(RedisStreamsSourceOptions.CONSUMER_GROUP, requireText("group", group));
    }

    /** See {@link RedisStreamsSourceOptions#CONSUMER_NAME}. */
    public RedisStreamsSourceBuilder<T> setConsumerName(String consumer) {
        return set(RedisStreamsSourceOptions.CONSUMER_NAME, requireText("consumer", consumer));
    }

    /** See {@link RedisStreamsSourceOptions#DISCOVERY_INTERVAL}. */
    public RedisStreamsSourceBuilder<T> setDiscoveryInterval(Duration interval) {
        if (!interval.isZero()
                && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0)) {
            throw unusable(
                    RedisStreamsSourceOptions.DISCOVERY_INTERVAL,
                    interval,
                    "0, or at least 1 ms and at most 36500 d");
        }
        return set(RedisStreamsSourceOptions.DISCOVERY_INTERVAL, interval);
    }

    /** See {@link RedisStreamsSourceOptions#ON_DATA_LOSS}. */
    public RedisStreamsSourceBuilder<T> setOnDataLoss(RedisStreamsDataLossPolicy policy) {
        return set(RedisStreamsSourceOptions.ON_DATA_LOSS, Objects.requireNonNull(policy));
    }

    /** See {@link RedisStreamsSourceOptions#ON_STREAM_RESET}. */
    public RedisStreamsSourceBuilder<T> setOnStreamReset(RedisStreamsResetPolicy policy) {
        return set(RedisStreamsSourceOptions.ON_STREAM_RESET, Objects.requireNonNull(policy));
    }

    /** See {@link RedisStreamsSourceOptions#POSITION_CHECK_INTERVAL}. */
    public RedisStreamsSourceBuilder<T> setPositionCheckInterval(Duration interval) {
        return setPositive(RedisStreamsSourceOptions.POSITION_CHECK_INTERVAL, interval);
    }

    /** See {@link RedisStreamsSourceOptions#BATCH_MAX_ENTRIES}. */
    public RedisStreamsSourceBuilder<T> setBatchMaxEntries(int entries) {
        if (entries < 1) {
            throw unusable(RedisStreamsSourceOptions.BATCH_MAX_ENTRIES, entries, "1 or more");
        }
        return set(RedisStreamsSourceOptions.BATCH_MAX_ENTRIES, entries);
    }

    /** See {@link RedisStreamsSourceOptions#BATCH_TARGET_SIZE}. */
    public RedisStreamsSourceBuilder<T> setBatchTargetSize(MemorySize size) {
        if (size.getBytes() < 1024 || size.getBytes() > (1L << 30)) {
            throw unusable(
                    RedisStreamsSourceOptions.BATCH_TARGET_SIZE, size, "from 1 kb up to 1 gb");
        }
        return set(RedisStreamsSourceOptions.BATCH_TARGET_SIZE, size);
    }

    /**
     * See {@link RedisStreamsSourceOptions#RETRY_INITIAL_BACKOFF} and {@link
     * RedisStreamsSourceOptions#RETRY_MAX_BACKOFF}.
     */
    public RedisStreamsSourceBuilder<T> setRetryBackoff(Duration initial, Duration max) {
        setPositive(RedisStreamsSourceOptions.RETRY_INITIAL_BACKOFF, initial);
        return setPositive(RedisStreamsSourceOptions.RETRY_MAX_BACKOFF, max);
    }

    /** See {@link RedisStreamsSourceOptions#RETRY_DEADLINE}. */
    public RedisStreamsSourceBuilder<T> setRetryDeadline(Duration deadline) {
        return setPositive(RedisStreamsSourceOptions.RETRY_DEADLINE, deadline);
    }

    /**
     * Puts positions in place of those in the state, once, when the job is restored: the stream of
     * each key goes on after the given ID. Applied again only after a restore without it.
     */
    public RedisStreamsSourceBuilder<T> setPositionOverrides(Map<String, StreamEntryId> after) {
        positionOverrides = Map.copyOf(after);
        return this;
    }

    /**
     * Builds the source.
     *
     * @throws IllegalStateException if something is missing or does not go together; the message
     *     lists everything at once
     */
    public RedisStreamsSource<T> build() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "This Redis Streams source cannot be built:\n - "
                            + String.join("\n - ", problems));
        }
        ExponentialBackoff backoff =
                new ExponentialBackoff(
                        options.get(RedisStreamsSourceOptions.RETRY_INITIAL_BACKOFF),
                        options.get(RedisStreamsSourceOptions.RETRY_MAX_BACKOFF),
                        BACKOFF_JITTER);
        RedisStreamsClientFactory clients = new JedisStreamsClientFactory(connection);
        return new RedisStreamsSource<>(
                connection,
                enumeratorSettings(backoff),
                clients,
                deserializer.getProducedType(),
                new RedisStreamsSourceReaderFactory<>(
                        clients,
                        readerOptions(backoff),
                        selection,
                        positionOverrides,
                        deserializer,
                        malformedPolicy));
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (connection == null) {
            problems.add("No server is given: call setConnection.");
        }
        if (selection == null) {
            problems.add(
                    "Nothing to read is given: call setTopic, setStreams, setPattern or"
                            + " setSelection.");
        }
        if (deserializer == null) {
            problems.add("No deserializer is given: call setDeserializer.");
        }
        boolean hasGroup = options.contains(RedisStreamsSourceOptions.CONSUMER_GROUP);
        if (start.needsGroup() && !hasGroup) {
            problems.add(
                    "The start position "
                            + start
                            + " needs a consumer group: call setConsumerGroup.");
        }
        if (options.contains(RedisStreamsSourceOptions.CONSUMER_NAME) && !hasGroup) {
            problems.add("A consumer name needs a consumer group: call setConsumerGroup.");
        }
        Duration initial = options.get(RedisStreamsSourceOptions.RETRY_INITIAL_BACKOFF);
        Duration max = options.get(RedisStreamsSourceOptions.RETRY_MAX_BACKOFF);
        if (max.compareTo(initial) < 0) {
            problems.add(
                    "'retry.max-backoff' ("
                            + max
                            + ") is shorter than 'retry.initial-backoff' ("
                            + initial
                            + ").");
        }
        if (selection != null) {
            addUnselected("A position is given by hand", positionOverrides.keySet(), problems);
            if (start instanceof RedisStreamsStartPosition.AfterIds after) {
                addUnselected("A start position is given", after.ids().keySet(), problems);
            }
            if (stop instanceof RedisStreamsStopPosition.Ids ids) {
                addUnselected("A stop position is given", ids.ids().keySet(), problems);
            }
        }
        return problems;
    }

    private void addUnselected(String what, Set<String> streamKeys, List<String> problems) {
        for (String key : streamKeys) {
            if (!selection.selects(key)) {
                problems.add(
                        what
                                + " for stream '"
                                + key
                                + "', which is not selected by "
                                + selection
                                + '.');
            }
        }
    }

    private RedisStreamsEnumeratorSettings enumeratorSettings(ExponentialBackoff backoff) {
        return new RedisStreamsEnumeratorSettings(
                selection,
                start,
                stop,
                options.get(RedisStreamsSourceOptions.CONSUMER_GROUP),
                positionOverrides,
                options.get(RedisStreamsSourceOptions.DISCOVERY_INTERVAL),
                backoff,
                options.get(RedisStreamsSourceOptions.RETRY_DEADLINE));
    }

    private ReaderOptions readerOptions(ExponentialBackoff backoff) {
        return new ReaderOptions(
                connection.mode() != RedisStreamsConnectionOptions.Mode.CLUSTER,
                connection.readFrom() == RedisStreamsReadFrom.REPLICA,
                options.get(RedisStreamsSourceOptions.BATCH_MAX_ENTRIES),
                options.get(RedisStreamsSourceOptions.BATCH_TARGET_SIZE).getBytes(),
                options.get(RedisStreamsSourceOptions.POSITION_CHECK_INTERVAL),
                connection.commandTimeout(),
                backoff,
                options.get(RedisStreamsSourceOptions.RETRY_DEADLINE),
                options.get(RedisStreamsSourceOptions.ON_DATA_LOSS),
                options.get(RedisStreamsSourceOptions.ON_STREAM_RESET),
                options.get(RedisStreamsSourceOptions.CONSUMER_GROUP),
                options.get(RedisStreamsSourceOptions.CONSUMER_NAME));
    }

    private <V> RedisStreamsSourceBuilder<T> set(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    private RedisStreamsSourceBuilder<T> setPositive(
            ConfigOption<Duration> option, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw unusable(option, value, "at least 1 ms and at most 36500 d");
        }
        return set(option, value);
    }

    private static String requireText(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "The consumer " + what + " is empty. Give a name or leave it out.");
        }
        return value;
    }

    private static IllegalArgumentException unusable(
            ConfigOption<?> option, Object value, String remedy) {
        return new IllegalArgumentException(
                "'" + option.key() + "' cannot be " + value + ". Give " + remedy + '.');
    }
}
