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
import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.reader.AmpsMalformedPolicy;
import io.activedataflow.flink.connector.amps.source.reader.KindOptions;
import io.activedataflow.flink.connector.amps.source.reader.ReaderOptions;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;
import org.apache.flink.util.InstantiationUtil;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(60)
class AmpsSourceBuilderTest {

    private static final AmpsAdminOptions ADMIN = AmpsAdminOptions.urls("http://amps1").build();
    private static final AmpsBookmark BOOKMARK = new AmpsBookmark(7, 8);
    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0);

    private static AmpsSourceBuilder<String> empty() {
        return AmpsSource.builder();
    }

    private static AmpsConnectionOptions connection(String... uris) {
        return AmpsConnectionOptions.servers(uris).build();
    }

    private static AmpsSourceBuilder<String> complete() {
        return empty().setConnection(
                        connection("tcp://flink:secret@amps.example.com:9007/amps/json"))
                .setTopics("orders")
                .setDeserializer(AmpsDeserializationSchema.string());
    }

    private static AmpsSourceBuilder<String> replicated() {
        return complete().setConnection(connection("tcp://a:1/amps/json", "tcp://b:1/amps/json"));
    }

    private static AmpsSourceBuilder<String> live() {
        return complete().setSubscriptionKind(AmpsSubscriptionKind.LIVE);
    }

    // ------------------------------------------------------------------------ refusals

    static Stream<Arguments> refusals() {
        AmpsSourceBuilder<String> builder = empty();
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        Duration negative = Duration.ofMillis(-1);
        return Stream.of(
                refusal(() -> builder.setTopics(" "), "topics() got ' '"),
                refusal(() -> builder.setTopicPattern("("), "pattern() got '('"),
                refusal(() -> builder.setDiscoveredTopics("(", ADMIN), "discovered() got '('"),
                refusal(() -> builder.setFilter("/a = 1)"), "setFilter() got '/a = 1)'"),
                refusal(() -> builder.setOptions("timestamp"), "Use setTimestamps"),
                refusal(() -> builder.setFieldSelection("/id", "name"), "got 'name'"),
                refusal(() -> builder.setFieldSelection("[/odd name]"), "got '[/odd name]'"),
                refusal(() -> builder.shardBy("id", 2), "shardBy() got 'id'"),
                refusal(() -> builder.shardByBookmark(0), "0 shards"),
                refusal(() -> builder.setOrderBy(" "), "setOrderBy() got ' '"),
                refusal(() -> builder.setTopN(0), "setTopN() got 0. Give 1 or more"),
                refusal(
                        () -> builder.setBatchSize(10_001),
                        "'scan.sow.batch-size' cannot be 10001. Give a number from 1 to 10000."),
                refusal(
                        () -> builder.setDiscoveryInterval(negative),
                        "'scan.discovery.interval' cannot be PT-0.001S. Give 0, or at least 1 ms"),
                refusal(
                        () -> builder.setFailoverOverlap(Duration.ofNanos(1)),
                        "'scan.failover-overlap' cannot be PT0.000000001S. Give 0, or at least"),
                refusal(() -> builder.setFailoverOverlap(endless), "at most 36500 d"),
                refusal(
                        () -> builder.setBufferMaxMessages(0),
                        "'scan.buffer.max-messages' cannot be 0. Give 1 or more."),
                refusal(
                        () -> builder.setBufferMaxSize(MemorySize.parse("1023 b")),
                        "'scan.buffer.max-size' cannot be 1023 bytes. Give from 1 kb up to 1 gb"),
                refusal(
                        () -> builder.setBufferMaxSize(MemorySize.parse("1073741825 b")),
                        "Give from 1 kb up to 1 gb"),
                refusal(
                        () -> builder.setPublishersKeepAtLeast(0),
                        "'scan.publishers.keep-at-least' cannot be 0. Give 1 or more."),
                refusal(
                        () -> builder.setPublishersKeepFor(negative),
                        "'scan.publishers.keep-for' cannot be PT-0.001S"),
                refusal(
                        () -> builder.setRetryBackoff(Duration.ZERO, endless),
                        "'retry.initial-backoff' cannot be PT0S. Give at least 1 ms"),
                refusal(
                        () -> builder.setRetryBackoff(Duration.ofMillis(1), endless),
                        "'retry.max-backoff' cannot be"),
                refusal(
                        () -> builder.setRetryDeadline(Duration.ZERO),
                        "'retry.deadline' cannot be PT0S"),
                refusal(
                        () ->
                                builder.setPositionOverrides(
                                        Map.of("orders", AmpsStartPosition.latest())),
                        "split 'orders' is 'latest', which moves"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return arguments(call, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aSetterRefusesWhatItAloneCanJudge(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> nulls() {
        AmpsSourceBuilder<String> builder = empty();
        return Stream.<ThrowingCallable>of(
                        () -> builder.setConnection(null),
                        () -> builder.setSelection(null),
                        () -> builder.setSubscriptionKind(null),
                        () -> builder.setStartPosition(null),
                        () -> builder.setBounded(null),
                        () -> builder.setDeserializer(null),
                        () -> builder.onMalformed(null),
                        () -> builder.setOnDataLoss(null),
                        () -> builder.setPositionOverrides(null))
                .map(Arguments::arguments);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void aSetterRefusesNull(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }

    // ------------------------------------------------------------------------ contradictions

    @Test
    void everythingMissingIsReportedAtOnce() {
        assertThatThrownBy(empty()::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "This AMPS source cannot be built:\n"
                                + " - No server is given: call setConnection.\n"
                                + " - Nothing to read is given: call setTopics, setTopicPattern,"
                                + " setDiscoveredTopics or setSelection.\n"
                                + " - No deserializer is given: call setDeserializer.");
    }

    @Test
    void allContradictionsOfAReplayAreReportedAtOnce() {
        AmpsSourceBuilder<String> builder =
                replicated()
                        .setOptions("conflation=1s", "live", "no_sowkey")
                        .setTimestamps(false)
                        .setStartPosition(AmpsStartPosition.timestamp(Instant.EPOCH))
                        .setBounded(AmpsStopPosition.timestamp(Instant.EPOCH))
                        .setRetryBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1))
                        .setPositionOverrides(Map.of("other", AmpsStartPosition.earliest()));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "'conflation=1s' and a bookmark replay (exactly once) exclude each other",
                        "'live' and a bookmark replay",
                        "start at 1970-01-01T00:00:00Z and stop at 1970-01-01T00:00:00Z",
                        "setTimestamps(false) turns off",
                        "'retry.max-backoff' (PT1S) is shorter than 'retry.initial-backoff' (PT2S)",
                        "split 'other', which is not one of topics [orders] with shards: none")
                .hasMessageNotContaining("no_sowkey");
    }

    @Test
    void allContradictionsOfALiveSubscriptionAreReportedAtOnce() {
        AmpsSourceBuilder<String> builder =
                live().setStartPosition(AmpsStartPosition.earliest())
                        .setBounded(AmpsStopPosition.latestAtStart())
                        .shardByBookmark(2)
                        .setOptions("fully_durable", "conflation=1s")
                        .setPositionOverrides(Map.of("orders#1/2", AmpsStartPosition.earliest()))
                        .setOnDataLoss(AmpsDataLossPolicy.EARLIEST)
                        .setFailoverOverlap(Duration.ZERO)
                        .setPublishersKeepAtLeast(1)
                        .setPublishersKeepFor(Duration.ZERO);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "The start position 'earliest' does not go with a live subscription",
                        "Remove setStartPosition",
                        "The stop position 'latest at start'",
                        "Remove setBounded",
                        "Sharding by bookmark",
                        "Use shardBy with a field",
                        "'fully_durable' needs the transaction log",
                        "Remove setPositionOverrides",
                        "Remove setOnDataLoss",
                        "Remove setFailoverOverlap",
                        "Remove setPublishersKeepAtLeast",
                        "Remove setPublishersKeepFor")
                .hasMessageNotContainingAny("conflation", "is not one of");
    }

    @Test
    void aLiveSubscriptionMayBeShardedByAField() {
        assertThat(live().shardBy("/id", 2).setOptions("conflation=1s").build()).isNotNull();
    }

    private static AmpsSourceBuilder<String> query() {
        return complete().setSubscriptionKind(AmpsSubscriptionKind.SOW);
    }

    private static AmpsSourceBuilder<String> followed() {
        return complete().setSubscriptionKind(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE);
    }

    @Test
    void allContradictionsOfAQueryAreReportedAtOnce() {
        AmpsSourceBuilder<String> builder =
                query().setStartPosition(AmpsStartPosition.latest())
                        .setBounded(AmpsStopPosition.latestAtStart())
                        .shardByBookmark(2)
                        .setTopN(3)
                        .setOutOfFocus(true)
                        .setTrackKeys(true)
                        .setDeltas(true)
                        .setOptions("top_n=3", "no_sowkey", "fully_durable", "conflation=1s")
                        .setPositionOverrides(Map.of("orders#1/2", AmpsStartPosition.earliest()))
                        .setOnDataLoss(AmpsDataLossPolicy.EARLIEST)
                        .setFailoverOverlap(Duration.ZERO)
                        .setPublishersKeepAtLeast(1)
                        .setPublishersKeepFor(Duration.ZERO);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "'latest' does not go with a query of the state of the world",
                        "Remove setStartPosition",
                        "ends by itself. Remove setBounded",
                        "Use shardBySowKey",
                        "A limit (setTopN) and shards",
                        "setOutOfFocus is of no use with a query",
                        "setTrackKeys is of no use with a query",
                        "setDeltas is of no use with a query",
                        "Use setTopN",
                        "'no_sowkey' takes away the keys",
                        "'fully_durable' is about replays",
                        "Remove setPositionOverrides",
                        "Remove setOnDataLoss",
                        "Remove setFailoverOverlap",
                        "Remove setPublishersKeepAtLeast",
                        "Remove setPublishersKeepFor")
                .hasMessageNotContainingAny("conflation", "is not one of");
    }

    @Test
    void allContradictionsOfWhatFollowsAQueryAreReportedAtOnce() {
        AmpsSourceBuilder<String> builder =
                followed()
                        .setTopicPattern("o.*")
                        .setStartPosition(AmpsStartPosition.earliest())
                        .setBounded(AmpsStopPosition.afterMessages(1))
                        .setTopN(3)
                        .setOutOfFocus(true)
                        .setDeltas(true)
                        .setOptions("oof", "bookmark", "rate=1000");

        assertThatThrownBy(builder::build)
                .hasMessageContainingAll(
                        "Out-of-focus messages and the start position 'earliest' exclude",
                        "Deltas and the start position 'earliest' exclude",
                        "or use AmpsSubscriptionKind.SOW for the records alone",
                        "can only be followed in an order. Call setOrderBy",
                        "can only be followed topic by topic",
                        "a replay of the log knows no first records",
                        "Use setOutOfFocus",
                        "'bookmark' is set otherwise",
                        "'rate=1000' is about replays");
        assertThatThrownBy(followed().setTrackKeys(true).setOptions("no_sowkey")::build)
                .hasMessageContainingAll(
                        "Call setOutOfFocus(true), or remove setTrackKeys",
                        "'no_sowkey' takes away the keys that setTrackKeys is to remember");
        assertThatThrownBy(followed().setOptions("skip_n=3")::build)
                .hasMessageContaining("'skip_n' needs a limit");
    }

    @Test
    void queriesAreBuilt() {
        assertThat(query().setTopN(3).setOrderBy("/a DESC").setBatchSize(10_000).build())
                .returns(Boundedness.BOUNDED, AmpsSource::getBoundedness);
        assertThat(query().shardBySowKey(3).build()).isNotNull();
        assertThat(query().setStartPosition(AmpsStartPosition.after(BOOKMARK)).build()).isNotNull();
        assertThat(followed().setOutOfFocus(true).setTrackKeys(true).shardBySowKey(2).build())
                .returns(Boundedness.CONTINUOUS_UNBOUNDED, AmpsSource::getBoundedness);
        assertThat(followed().setDeltas(true).setOptions("no_empties", "no_sowkey").build())
                .isNotNull();
        assertThat(followed().setTopN(3).setOrderBy("/a").setOptions("skip_n=3").build())
                .isNotNull();
        assertThat(
                        followed()
                                .setStartPosition(AmpsStartPosition.timestamp(Instant.EPOCH))
                                .setOnDataLoss(AmpsDataLossPolicy.EARLIEST)
                                .build())
                .isNotNull();
    }

    @Test
    void aReplayHasNoUseForWhatQueriesNeed() {
        AmpsSourceBuilder<String> builder =
                complete()
                        .setOrderBy("/a")
                        .setTopN(1)
                        .setBatchSize(1)
                        .shardBySowKey(2)
                        .setOutOfFocus(true)
                        .setTrackKeys(true)
                        .setDeltas(true)
                        .setDeltaGapsAccepted(true);

        assertThatThrownBy(builder::build)
                .hasMessageContainingAll(
                        "setOrderBy is of no use with a bookmark replay",
                        "setTopN is",
                        "setBatchSize is",
                        "shardBySowKey is",
                        "setOutOfFocus is",
                        "setTrackKeys is",
                        "setDeltas is",
                        "Remove it, or use AmpsSubscriptionKind.LIVE or"
                                + " AmpsSubscriptionKind.SOW_AND_SUBSCRIBE");
    }

    @Test
    void gapsBetweenDeltasAreAskedForTwice() {
        assertThatThrownBy(live().setDeltas(true)::build)
                .hasMessageContainingAll("leave a gap after every reconnect", "SOW_AND_SUBSCRIBE");
        assertThat(live().setDeltas(true).setDeltaGapsAccepted(true).build()).isNotNull();
        assertThatThrownBy(live().setDeltaGapsAccepted(true).setOptions("no_empties")::build)
                .hasMessageContainingAll(
                        "setDeltaGapsAccepted is about deltas", "'no_empties' is about deltas");
    }

    @Test
    void whatQueriesNeedReachesTheReader() {
        AmpsSourceBuilder<String> builder =
                followed()
                        .setOrderBy("/a")
                        .setTopN(7)
                        .setBatchSize(8)
                        .setOutOfFocus(true)
                        .setTrackKeys(true);

        assertThat(SourceAssembly.readerOptions(builder.description(), BACKOFF).kindOptions())
                .isEqualTo(new KindOptions.Snapshot("/a", 7, 8, true, true, false));
        assertThat(
                        SourceAssembly.enumeratorSettings(builder.description(), Map.of(), BACKOFF)
                                .start())
                .isNull();
    }

    @Test
    void binaryMessagesHaveNoFields() {
        AmpsSourceBuilder<String> builder =
                complete()
                        .setConnection(connection("tcp://a:1/amps/binary"))
                        .setFilter("/a = 1")
                        .shardBy("/id", 2)
                        .setFieldSelection("/id");

        assertThatThrownBy(builder::build)
                .hasMessageContainingAll(
                        "Remove setFilter", "Remove shardBy", "Remove setFieldSelection");
        assertThat(
                        complete()
                                .setConnection(connection("tcp://a:1/amps/binary"))
                                .shardByBookmark(2)
                                .build())
                .isNotNull();
    }

    @Test
    void goingWithoutServerTimesIsAskedForTwiceWhereAFailoverIsPossible() {
        assertThat(complete().setTimestamps(false).build()).isNotNull();
        assertThat(replicated().setTimestamps(false).setFailoverOverlap(Duration.ZERO).build())
                .isNotNull();
        AmpsSourceBuilder<String> followed =
                replicated()
                        .setSubscriptionKind(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE)
                        .setTimestamps(false);
        assertThatThrownBy(followed::build)
                .hasMessageContaining("setFailoverOverlap(Duration.ZERO)");
        assertThat(followed.setOutOfFocus(true).build()).isNotNull();
        AmpsConnectionOptions virtualAddress =
                AmpsConnectionOptions.servers("tcp://vip:1/amps/json")
                        .setEndpointsAreStable(false)
                        .build();
        assertThatThrownBy(complete().setConnection(virtualAddress).setTimestamps(false)::build)
                .hasMessageContaining("setFailoverOverlap(Duration.ZERO)");
    }

    // ------------------------------------------------------------------------ positions by hand

    @ParameterizedTest
    @CsvSource({
        "orders#0/2, true",
        "orders#1/2, true",
        "orders, false",
        "orders#2/2, false",
        "orders#0/3, false",
        "#0/2, false"
    })
    void aPositionByHandIsThatOfAShard(String splitId, boolean exists) {
        isOneOf(complete().shardBy("/id", 2), splitId, exists);
    }

    @ParameterizedTest
    @CsvSource({"/^(?:orders-.*)$/, true", "orders-.*, false", "orders-eu, false"})
    void aPositionByHandIsThatOfAWholePattern(String splitId, boolean exists) {
        isOneOf(complete().setTopicPattern("orders-.*"), splitId, exists);
    }

    @ParameterizedTest
    @CsvSource({"orders-eu, true", "trades, false"})
    void aPositionByHandIsThatOfADiscoveredTopic(String splitId, boolean exists) {
        isOneOf(complete().setDiscoveredTopics("orders-.*", ADMIN), splitId, exists);
    }

    private static void isOneOf(AmpsSourceBuilder<String> builder, String splitId, boolean exists) {
        builder.setPositionOverrides(Map.of(splitId, AmpsStartPosition.after(BOOKMARK)));
        if (exists) {
            assertThat(builder.build()).isNotNull();
        } else {
            assertThatThrownBy(builder::build).hasMessageContaining("split '" + splitId + "'");
        }
    }

    // ------------------------------------------------------------------------ what is built

    @Test
    void everythingSetReachesTheReader() {
        AmpsSourceBuilder<String> builder =
                complete()
                        .setFilter("/a = 1")
                        .setOptions("fully_durable", "rate=1000")
                        .setFieldSelection("/id", "/customer/name")
                        .setTimestamps(false)
                        .setOnDataLoss(AmpsDataLossPolicy.LATEST)
                        .setFailoverOverlap(Duration.ofSeconds(3))
                        .setBufferMaxMessages(4)
                        .setBufferMaxSize(MemorySize.parse("5 kb"))
                        .setPublishersKeepAtLeast(6)
                        .setPublishersKeepFor(Duration.ofHours(7))
                        .setRetryDeadline(Duration.ofSeconds(8));

        assertThat(SourceAssembly.readerOptions(builder.description(), BACKOFF))
                .isEqualTo(
                        new ReaderOptions(
                                "flink-amps",
                                "/a = 1",
                                List.of(
                                        "fully_durable",
                                        "rate=1000",
                                        "select=[-/,+/id,+/customer/name]"),
                                false,
                                true,
                                Duration.ofSeconds(3),
                                AmpsDataLossPolicy.LATEST,
                                new PublisherPruning(6, Duration.ofHours(7)),
                                4,
                                5 * 1024,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                BACKOFF,
                                Duration.ofSeconds(8),
                                KindOptions.NONE));
    }

    @Test
    void everythingSetReachesTheEnumerator() {
        AmpsSourceBuilder<String> builder =
                complete()
                        .setDiscoveredTopics(".*", ADMIN)
                        .shardByBookmark(2)
                        .setStartPosition(AmpsStartPosition.latest())
                        .setBounded(AmpsStopPosition.afterMessages(3))
                        .setDiscoveryInterval(Duration.ofSeconds(4));

        assertThat(
                        SourceAssembly.enumeratorSettings(
                                builder.description(), Map.of("x#0/2", "7|8|"), BACKOFF))
                .satisfies(
                        settings -> {
                            assertThat(settings.selection())
                                    .isInstanceOf(AmpsDiscoveredTopics.class);
                            assertThat(settings.sharding()).isEqualTo(AmpsSharding.byBookmark(2));
                            assertThat(settings.kind())
                                    .isEqualTo(AmpsSubscriptionKind.BOOKMARK_REPLAY);
                            assertThat(settings.start()).isEqualTo(AmpsStartPosition.latest());
                            assertThat(settings.stop())
                                    .isEqualTo(AmpsStopPosition.afterMessages(3));
                            assertThat(settings.positionOverrides()).containsEntry("x#0/2", "7|8|");
                            assertThat(settings.discoveryInterval())
                                    .isEqualTo(Duration.ofSeconds(4));
                            assertThat(settings.clientName()).isEqualTo("flink-amps");
                        });
        assertThat(
                        SourceAssembly.enumeratorSettings(
                                        complete().description(), Map.of(), BACKOFF)
                                .start())
                .isEqualTo(AmpsStartPosition.earliest());
    }

    @Test
    void defaultsAreThoseOfTheOptions() {
        AmpsSourceBuilder<String> spelledOut =
                complete()
                        .setSubscriptionKind(AmpsSubscriptionKind.BOOKMARK_REPLAY)
                        .setStartPosition(AmpsStartPosition.earliest())
                        .setBounded(AmpsStopPosition.never())
                        .shardBy("/id", 1)
                        .setOptions()
                        .setFieldSelection()
                        .onMalformed(AmpsMalformedPolicy.fail())
                        .setDiscoveryInterval(AmpsSourceOptions.DISCOVERY_INTERVAL.defaultValue())
                        .setOnDataLoss(AmpsSourceOptions.ON_DATA_LOSS.defaultValue())
                        .setFailoverOverlap(AmpsSourceOptions.FAILOVER_OVERLAP.defaultValue())
                        .setTimestamps(AmpsSourceOptions.TIMESTAMPS.defaultValue())
                        .setBufferMaxMessages(AmpsSourceOptions.BUFFER_MAX_MESSAGES.defaultValue())
                        .setBufferMaxSize(AmpsSourceOptions.BUFFER_MAX_SIZE.defaultValue())
                        .setPublishersKeepAtLeast(
                                AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST.defaultValue())
                        .setPublishersKeepFor(AmpsSourceOptions.PUBLISHERS_KEEP_FOR.defaultValue())
                        .setRetryBackoff(
                                AmpsSourceOptions.RETRY_INITIAL_BACKOFF.defaultValue(),
                                AmpsSourceOptions.RETRY_MAX_BACKOFF.defaultValue())
                        .setRetryDeadline(AmpsSourceOptions.RETRY_DEADLINE.defaultValue());

        assertThat(complete().build()).usingRecursiveComparison().isEqualTo(spelledOut.build());
        assertThat(complete().setBufferMaxMessages(7).build())
                .usingRecursiveComparison()
                .isNotEqualTo(spelledOut.build());
    }

    @Test
    void survivesSerialization() throws Exception {
        AmpsSource<String> source =
                replicated()
                        .setFilter("/a = 1")
                        .setOptions("fully_durable")
                        .setFieldSelection("/id")
                        .shardBy("/id", 2)
                        .setBounded(AmpsStopPosition.at(BOOKMARK))
                        .setPositionOverrides(
                                Map.of("orders#1/2", AmpsStartPosition.timestamp(Instant.EPOCH)))
                        .build();
        AmpsSource<String> copy = InstantiationUtil.clone(source);

        assertThat(copy).hasToString(source.toString());
        assertThat(copy.getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(copy.getProducedType()).isEqualTo(Types.STRING);
    }

    @Test
    void showsWhatIsReadAndNoSecret() {
        assertThat(complete().build().toString())
                .contains("BOOKMARK_REPLAY of topics [orders]", "tcp://amps.example.com:9007")
                .doesNotContain("secret");
    }

    static Stream<Arguments> stops() {
        return Stream.of(
                arguments(AmpsStopPosition.never(), Boundedness.CONTINUOUS_UNBOUNDED),
                arguments(AmpsStopPosition.latestAtStart(), Boundedness.BOUNDED),
                arguments(AmpsStopPosition.timestamp(Instant.EPOCH), Boundedness.BOUNDED),
                arguments(AmpsStopPosition.at(BOOKMARK), Boundedness.BOUNDED),
                arguments(AmpsStopPosition.afterMessages(1), Boundedness.BOUNDED));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void isBoundedByAnyStopButNever(AmpsStopPosition stop, Boundedness boundedness) {
        assertThat(complete().setBounded(stop).build().getBoundedness()).isEqualTo(boundedness);
    }

    // ------------------------------------------------------------------------ lineage

    @Test
    void lineageNamesWhatIsReadAndWhere() {
        assertThat(datasets(complete().setTopics("b", "a"))).containsExactly("b", "a");
        assertThat(datasets(complete().setTopicPattern("x.*"))).containsExactly("x.*");
        assertThat(datasets(complete().setDiscoveredTopics("y.*", ADMIN))).containsExactly("y.*");
        SourceLineageVertex vertex =
                (SourceLineageVertex)
                        complete()
                                .setBounded(AmpsStopPosition.latestAtStart())
                                .build()
                                .getLineageVertex();
        assertThat(vertex.boundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(vertex.datasets())
                .singleElement()
                .satisfies(
                        dataset -> {
                            assertThat(dataset.namespace())
                                    .isEqualTo("amps://amps.example.com:9007");
                            assertThat(dataset.facets()).isEmpty();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://[::1]:9007/amps/json"})
    void lineageWritesAddressesAsUrisDo(String uri) {
        assertThat(
                        complete()
                                .setConnection(connection(uri))
                                .build()
                                .getLineageVertex()
                                .datasets()
                                .get(0)
                                .namespace())
                .isEqualTo("amps://[::1]:9007");
    }

    private static List<String> datasets(AmpsSourceBuilder<String> builder) {
        return builder.build().getLineageVertex().datasets().stream()
                .map(LineageDataset::name)
                .toList();
    }
}
