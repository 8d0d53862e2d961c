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
import io.activedataflow.flink.connector.amps.source.reader.AmpsMalformedPolicy;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    private final SourceDescription<T> described = new SourceDescription<>();

    AmpsSourceBuilder() {}

    /** Which servers to read from, and how. Required. */
    public AmpsSourceBuilder<T> setConnection(AmpsConnectionOptions options) {
        described.connection = Objects.requireNonNull(options, "connection");
        return this;
    }

    /** What to read; this or one of its short forms is required. */
    public AmpsSourceBuilder<T> setSelection(AmpsTopicSelection topics) {
        described.selection = Objects.requireNonNull(topics, "selection");
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
        described.kind = Objects.requireNonNull(subscriptionKind, "subscription kind");
        return this;
    }

    /**
     * Which messages to read, in the language of the server's content filters, for example {@code
     * /region = 'EU' AND /amount > 10}. Default: all. A job that is restored with another filter
     * goes on behind the messages that the old one has let through.
     */
    public AmpsSourceBuilder<T> setFilter(String contentFilter) {
        described.filter = ContentFilters.require(contentFilter);
        return this;
    }

    /**
     * Further options of the subscription, such as {@code fully_durable}, {@code rate=1000} or
     * {@code no_sowkey}, each as a text of its own; replaces what was set before. Default: none.
     */
    public AmpsSourceBuilder<T> setOptions(String... serverOptions) {
        described.subscribeOptions =
                Arrays.stream(serverOptions).map(SubscribeOptions::require).toList();
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
        described.selectedFields = List.of(fields);
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
        described.sharding = AmpsSharding.byField(field, shards);
        return this;
    }

    /**
     * Cuts each topic into shards by the bookmark: evenly and for any content, but without order
     * between the messages of different shards. Otherwise as {@link #shardBy}.
     */
    public AmpsSourceBuilder<T> shardByBookmark(int shards) {
        described.sharding = AmpsSharding.byBookmark(shards);
        return this;
    }

    /**
     * Cuts each topic of the state of the world into shards by the key of the record, so that all
     * that concerns one record is in one shard, in order. Otherwise as {@link #shardBy}; for {@link
     * AmpsSubscriptionKind#SOW} and {@link AmpsSubscriptionKind#SOW_AND_SUBSCRIBE}.
     */
    public AmpsSourceBuilder<T> shardBySowKey(int shards) {
        described.sharding = AmpsSharding.bySowKey(shards);
        return this;
    }

    /**
     * In which order the server sends the records of a query, for example {@code /price DESC, /id}.
     * Holds within a topic; where a query has to be sent again, what was missing comes in order.
     * Default: in no order.
     */
    public AmpsSourceBuilder<T> setOrderBy(String order) {
        described.orderBy = OptionValues.order(order);
        return this;
    }

    /**
     * How many records a query of a topic, or of all topics of a pattern together, yields at most,
     * the first ones in the order of {@link #setOrderBy}. With {@link
     * AmpsSubscriptionKind#SOW_AND_SUBSCRIBE} the updates are those of the records that are among
     * the first n at the time. Default: all.
     */
    public AmpsSourceBuilder<T> setTopN(int records) {
        described.topN = OptionValues.topN(records);
        return this;
    }

    /** How to read queues. */
    public AmpsSourceBuilder<T> setQueueOptions(AmpsQueueOptions queueOptions) {
        queueOptions.copyTo(described.options);
        return this;
    }

    /** See {@link AmpsSourceOptions#SOW_BATCH_SIZE}. */
    public AmpsSourceBuilder<T> setBatchSize(int records) {
        return set(
                AmpsSourceOptions.SOW_BATCH_SIZE,
                OptionValues.between(AmpsSourceOptions.SOW_BATCH_SIZE, 1, 10_000, records));
    }

    /**
     * Whether to be told, by messages of command {@link
     * io.activedataflow.flink.connector.amps.AmpsCommand#OOF}, which records are no longer in
     * focus: deleted, expired, or not matching the filter any more. Default: false.
     */
    public AmpsSourceBuilder<T> setOutOfFocus(boolean wanted) {
        described.outOfFocus = wanted;
        return this;
    }

    /**
     * Whether to remember the keys of the records in focus, in the state of the job, so that after
     * a reconnect or a restore records that have gone meanwhile are told: as messages of command
     * {@code OOF}, reason {@link
     * io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason#MISSING}, with the key and an
     * empty body, behind the records of the new query and before the updates that follow. Takes
     * some 20 bytes of memory for each key of digits, and 8 in checkpoints. For {@link
     * AmpsSubscriptionKind#SOW_AND_SUBSCRIBE} with {@link #setOutOfFocus}. Default: false.
     */
    public AmpsSourceBuilder<T> setTrackKeys(boolean wanted) {
        described.trackKeys = wanted;
        return this;
    }

    /**
     * Whether the server is to send, of each update, the fields of the key and those that have
     * changed, rather than the whole message. Such a part means something only together with what
     * came before for the same key. Default: false.
     *
     * <p>With {@link AmpsSubscriptionKind#SOW_AND_SUBSCRIBE} there is always something before:
     * after every reconnect and restore all records are taken again, whole, before parts that build
     * upon them; such a source therefore never goes on by bookmark. With {@link
     * AmpsSubscriptionKind#LIVE} changes that are missed are gone for good, and what was merged so
     * far stays wrong until the fields change again; {@link #build} refuses that unless {@link
     * #setDeltaGapsAccepted} says it is acceptable.
     */
    public AmpsSourceBuilder<T> setDeltas(boolean wanted) {
        described.deltas = wanted;
        return this;
    }

    /**
     * Whether deltas of a live subscription are acceptable although a reconnect leaves a gap: where
     * parts are not merged, or a wrong field does no harm. Default: false.
     */
    public AmpsSourceBuilder<T> setDeltaGapsAccepted(boolean accepted) {
        described.deltaGapsAccepted = accepted;
        return this;
    }

    /**
     * Where to start in a new job; {@link AmpsStartPosition#earliest()} by default. Queries of the
     * state of the world yield it as it is now by default, and as it was at a given time or
     * bookmark where the topic keeps its history.
     */
    public AmpsSourceBuilder<T> setStartPosition(AmpsStartPosition position) {
        described.start = Objects.requireNonNull(position, "start position");
        return this;
    }

    /** Where to stop, which makes the source bounded; {@link AmpsStopPosition#never()}. */
    public AmpsSourceBuilder<T> setBounded(AmpsStopPosition position) {
        described.stop = Objects.requireNonNull(position, "stop position");
        return this;
    }

    /** How to turn messages into records. Required. */
    public AmpsSourceBuilder<T> setDeserializer(AmpsDeserializationSchema<T> schema) {
        described.deserializer = Objects.requireNonNull(schema, "deserializer");
        return this;
    }

    /** What to do with messages that the deserializer refuses; to fail by default. */
    public AmpsSourceBuilder<T> onMalformed(AmpsMalformedPolicy<T> policy) {
        described.malformedPolicy = Objects.requireNonNull(policy, "malformed policy");
        return this;
    }

    /** See {@link AmpsSourceOptions#DISCOVERY_INTERVAL}. */
    public AmpsSourceBuilder<T> setDiscoveryInterval(Duration interval) {
        return set(
                AmpsSourceOptions.DISCOVERY_INTERVAL,
                OptionValues.notNegative(AmpsSourceOptions.DISCOVERY_INTERVAL, interval));
    }

    /** See {@link AmpsSourceOptions#ON_DATA_LOSS}. */
    public AmpsSourceBuilder<T> setOnDataLoss(AmpsDataLossPolicy policy) {
        return set(AmpsSourceOptions.ON_DATA_LOSS, Objects.requireNonNull(policy));
    }

    /** See {@link AmpsSourceOptions#FAILOVER_OVERLAP}. */
    public AmpsSourceBuilder<T> setFailoverOverlap(Duration overlap) {
        return set(
                AmpsSourceOptions.FAILOVER_OVERLAP,
                OptionValues.notNegative(AmpsSourceOptions.FAILOVER_OVERLAP, overlap));
    }

    /** See {@link AmpsSourceOptions#TIMESTAMPS}. */
    public AmpsSourceBuilder<T> setTimestamps(boolean timestamps) {
        return set(AmpsSourceOptions.TIMESTAMPS, timestamps);
    }

    /** See {@link AmpsSourceOptions#BUFFER_MAX_MESSAGES}. */
    public AmpsSourceBuilder<T> setBufferMaxMessages(int messages) {
        return set(
                AmpsSourceOptions.BUFFER_MAX_MESSAGES,
                OptionValues.atLeastOne(AmpsSourceOptions.BUFFER_MAX_MESSAGES, messages));
    }

    /** See {@link AmpsSourceOptions#BUFFER_MAX_SIZE}. */
    public AmpsSourceBuilder<T> setBufferMaxSize(MemorySize size) {
        return set(
                AmpsSourceOptions.BUFFER_MAX_SIZE,
                OptionValues.size(AmpsSourceOptions.BUFFER_MAX_SIZE, size));
    }

    /** See {@link AmpsSourceOptions#PUBLISHERS_KEEP_AT_LEAST}. */
    public AmpsSourceBuilder<T> setPublishersKeepAtLeast(int publishers) {
        return set(
                AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST,
                OptionValues.atLeastOne(AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST, publishers));
    }

    /** See {@link AmpsSourceOptions#PUBLISHERS_KEEP_FOR}. */
    public AmpsSourceBuilder<T> setPublishersKeepFor(Duration time) {
        return set(
                AmpsSourceOptions.PUBLISHERS_KEEP_FOR,
                OptionValues.notNegative(AmpsSourceOptions.PUBLISHERS_KEEP_FOR, time));
    }

    /**
     * See {@link AmpsSourceOptions#RETRY_INITIAL_BACKOFF} and {@link
     * AmpsSourceOptions#RETRY_MAX_BACKOFF}.
     */
    public AmpsSourceBuilder<T> setRetryBackoff(Duration initial, Duration max) {
        set(
                AmpsSourceOptions.RETRY_INITIAL_BACKOFF,
                OptionValues.positive(AmpsSourceOptions.RETRY_INITIAL_BACKOFF, initial));
        return set(
                AmpsSourceOptions.RETRY_MAX_BACKOFF,
                OptionValues.positive(AmpsSourceOptions.RETRY_MAX_BACKOFF, max));
    }

    /** See {@link AmpsSourceOptions#RETRY_DEADLINE}. */
    public AmpsSourceBuilder<T> setRetryDeadline(Duration deadline) {
        return set(
                AmpsSourceOptions.RETRY_DEADLINE,
                OptionValues.positive(AmpsSourceOptions.RETRY_DEADLINE, deadline));
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
        PositionChecks.requireFixed(positions);
        described.positionOverrides = Map.copyOf(positions);
        return this;
    }

    /**
     * Builds the source.
     *
     * @throws IllegalStateException if something is missing or does not go together; the message
     *     lists everything at once
     */
    public AmpsSource<T> build() {
        SourceContradictions.requireNone(described);
        return SourceAssembly.of(described);
    }

    /** What has been set so far. */
    SourceDescription<T> description() {
        return described;
    }

    private <V> AmpsSourceBuilder<T> set(ConfigOption<V> option, V value) {
        described.options.set(option, value);
        return this;
    }
}
