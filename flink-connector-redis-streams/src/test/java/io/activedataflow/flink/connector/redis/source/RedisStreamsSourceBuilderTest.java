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
import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.reader.RedisStreamsMalformedPolicy;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
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
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(60)
class RedisStreamsSourceBuilderTest {

    private static final Map<String, StreamEntryId> NOT_SELECTED =
            Map.of("other", StreamEntryId.ZERO);

    private static RedisStreamsSourceBuilder<String> empty() {
        return RedisStreamsSource.builder();
    }

    private static RedisStreamsSourceBuilder<String> complete() {
        return RedisStreamsSourceBuilderTest.empty()
                .setConnection(
                        RedisStreamsConnectionOptions.standalone("redis.example.com", 6379)
                                .setUser("flink")
                                .setPassword("secret")
                                .build())
                .setTopic("orders")
                .setDeserializer(
                        RedisStreamsDeserializationSchema.field("value", new SimpleStringSchema()));
    }

    // ------------------------------------------------------------------------ refusals

    static Stream<Arguments> refusals() {
        RedisStreamsSourceBuilder<String> builder = empty();
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        return Stream.of(
                refusal(() -> builder.setConsumerGroup(" "), "consumer group is empty"),
                refusal(() -> builder.setConsumerGroup(null), "consumer group is empty"),
                refusal(() -> builder.setConsumerName(""), "consumer consumer is empty"),
                refusal(
                        () -> builder.setDiscoveryInterval(Duration.ofMillis(-1)),
                        "'scan.discovery.interval' cannot be PT-0.001S. Give 0, or at least 1 ms"),
                refusal(
                        () -> builder.setDiscoveryInterval(Duration.ofNanos(1)),
                        "'scan.discovery.interval' cannot be PT0.000000001S"),
                refusal(
                        () -> builder.setPositionCheckInterval(Duration.ZERO),
                        "'scan.position-check.interval' cannot be PT0S. Give at least 1 ms"),
                refusal(() -> builder.setPositionCheckInterval(endless), "at most 36500 d"),
                refusal(
                        () -> builder.setBatchMaxEntries(0),
                        "'scan.batch.max-entries' cannot be 0. Give 1 or more."),
                refusal(
                        () -> builder.setBatchTargetSize(MemorySize.parse("1023 b")),
                        "'scan.batch.target-size' cannot be 1023 bytes. Give from 1 kb up to 1 gb"),
                refusal(
                        () -> builder.setBatchTargetSize(MemorySize.parse("2 gb")),
                        "'scan.batch.target-size' cannot be 2 gb"),
                refusal(
                        () -> builder.setRetryBackoff(Duration.ZERO, Duration.ofSeconds(1)),
                        "'retry.initial-backoff' cannot be PT0S"),
                refusal(
                        () -> builder.setRetryBackoff(Duration.ofSeconds(1), Duration.ZERO),
                        "'retry.max-backoff' cannot be PT0S"),
                refusal(
                        () -> builder.setRetryDeadline(Duration.ofNanos(999_999)),
                        "'retry.deadline' cannot be PT0.000999999S"),
                refusal(() -> builder.setRetryDeadline(endless), "at most 36500 d"));
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
        RedisStreamsSourceBuilder<String> builder = empty();
        return Stream.<ThrowingCallable>of(
                        () -> builder.setConnection(null),
                        () -> builder.setSelection(null),
                        () -> builder.setStartPosition(null),
                        () -> builder.setBounded(null),
                        () -> builder.setDeserializer(null),
                        () -> builder.onMalformed(null),
                        () -> builder.setOnDataLoss(null),
                        () -> builder.setOnStreamReset(null),
                        () -> builder.setPositionOverrides(null))
                .map(Arguments::arguments);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void aSetterRefusesNull(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }

    @Test
    void longDurationsThatFitAreTaken() {
        Duration century = Duration.ofDays(36_500);
        assertThat(
                        complete()
                                .setDiscoveryInterval(century)
                                .setPositionCheckInterval(century)
                                .setRetryBackoff(century, century)
                                .setRetryDeadline(century)
                                .setDiscoveryInterval(Duration.ZERO)
                                .build())
                .isNotNull();
    }

    // ------------------------------------------------------------------------ contradictions

    @Test
    void everythingMissingIsReportedAtOnce() {
        assertThatThrownBy(empty()::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "This Redis Streams source cannot be built:\n"
                                + " - No server is given: call setConnection.\n"
                                + " - Nothing to read is given: call setTopic, setStreams,"
                                + " setPattern or setSelection.\n"
                                + " - No deserializer is given: call setDeserializer.");
    }

    @Test
    void allContradictionsAreReportedAtOnce() {
        RedisStreamsSourceBuilder<String> builder =
                complete()
                        .setStartPosition(
                                RedisStreamsStartPosition.afterIds(
                                        NOT_SELECTED, RedisStreamsStartPosition.committed()))
                        .setBounded(RedisStreamsStopPosition.ids(NOT_SELECTED))
                        .setPositionOverrides(NOT_SELECTED)
                        .setConsumerName("me")
                        .setRetryBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "otherwise committed cursor needs a consumer group: call setConsumerGroup",
                        "A consumer name needs a consumer group",
                        "'retry.max-backoff' (PT1S) is shorter than 'retry.initial-backoff' (PT2S)",
                        "A position is given by hand for stream 'other', which is not selected by"
                                + " topic 'orders'",
                        "A start position is given for stream 'other'",
                        "A stop position is given for stream 'other'")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatGoesTogetherIsBuilt() {
        Map<String, StreamEntryId> ids = Map.of("orders-7", new StreamEntryId(1, 1));

        assertThat(
                        complete()
                                .setConsumerGroup("g")
                                .setConsumerName("c")
                                .setStartPosition(RedisStreamsStartPosition.afterIds(ids))
                                .setBounded(RedisStreamsStopPosition.ids(ids))
                                .setPositionOverrides(ids)
                                .build())
                .isNotNull();
    }

    // ------------------------------------------------------------------------ the source

    @Test
    void defaultsAreThoseOfTheOptions() {
        RedisStreamsSourceBuilder<String> spelledOut =
                complete()
                        .setStartPosition(RedisStreamsStartPosition.earliest())
                        .setBounded(RedisStreamsStopPosition.never())
                        .onMalformed(RedisStreamsMalformedPolicy.fail())
                        .setDiscoveryInterval(
                                RedisStreamsSourceOptions.DISCOVERY_INTERVAL.defaultValue())
                        .setOnDataLoss(RedisStreamsSourceOptions.ON_DATA_LOSS.defaultValue())
                        .setOnStreamReset(RedisStreamsSourceOptions.ON_STREAM_RESET.defaultValue())
                        .setPositionCheckInterval(
                                RedisStreamsSourceOptions.POSITION_CHECK_INTERVAL.defaultValue())
                        .setBatchMaxEntries(
                                RedisStreamsSourceOptions.BATCH_MAX_ENTRIES.defaultValue())
                        .setBatchTargetSize(
                                RedisStreamsSourceOptions.BATCH_TARGET_SIZE.defaultValue())
                        .setRetryBackoff(
                                RedisStreamsSourceOptions.RETRY_INITIAL_BACKOFF.defaultValue(),
                                RedisStreamsSourceOptions.RETRY_MAX_BACKOFF.defaultValue())
                        .setRetryDeadline(RedisStreamsSourceOptions.RETRY_DEADLINE.defaultValue());

        assertThat(complete().build()).usingRecursiveComparison().isEqualTo(spelledOut.build());
        assertThat(complete().setBatchMaxEntries(7).build())
                .usingRecursiveComparison()
                .isNotEqualTo(spelledOut.build());
    }

    @Test
    void survivesSerialization() throws Exception {
        RedisStreamsSource<String> source =
                complete()
                        .setConsumerGroup("g")
                        .setBounded(RedisStreamsStopPosition.latest())
                        .setPositionOverrides(Map.of("orders-1", StreamEntryId.ZERO))
                        .build();
        RedisStreamsSource<String> copy = InstantiationUtil.clone(source);

        assertThat(copy).hasToString(source.toString());
        assertThat(copy.getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(copy.getProducedType()).isEqualTo(Types.STRING);
    }

    @Test
    void showsWhatIsReadAndNoSecret() {
        assertThat(complete().build().toString())
                .contains("topic 'orders'", "redis.example.com:6379")
                .doesNotContain("secret");
    }

    @Test
    void isBoundedByAnyStopButNever() {
        assertThat(boundedness(RedisStreamsStopPosition.never()))
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        for (RedisStreamsStopPosition stop :
                List.of(
                        RedisStreamsStopPosition.latest(),
                        RedisStreamsStopPosition.timestamp(7),
                        RedisStreamsStopPosition.ids(Map.of("orders-0", StreamEntryId.MAX)))) {
            assertThat(boundedness(stop)).isEqualTo(Boundedness.BOUNDED);
        }
    }

    private static Boundedness boundedness(RedisStreamsStopPosition stop) {
        return complete().setBounded(stop).build().getBoundedness();
    }

    @Test
    void lineageNamesWhatIsReadAndWhere() {
        assertThat(datasets(complete())).containsExactly("orders");
        assertThat(datasets(complete().setStreams("b", "a"))).containsExactlyInAnyOrder("a", "b");
        assertThat(datasets(complete().setPattern("x:*"))).containsExactly("x:*");
        SourceLineageVertex vertex =
                (SourceLineageVertex)
                        complete()
                                .setBounded(RedisStreamsStopPosition.latest())
                                .build()
                                .getLineageVertex();
        assertThat(vertex.boundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(vertex.datasets())
                .singleElement()
                .satisfies(
                        dataset -> {
                            assertThat(dataset.namespace())
                                    .isEqualTo("redis://redis.example.com:6379");
                            assertThat(dataset.facets()).isEmpty();
                        });
    }

    private static List<String> datasets(RedisStreamsSourceBuilder<String> builder) {
        return builder.build().getLineageVertex().datasets().stream()
                .map(LineageDataset::name)
                .toList();
    }
}
