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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.reader.KindOptions;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What goes together with queues, and how they are set up. */
@Timeout(60)
class QueueRulesTest {

    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(1), Duration.ofMillis(2), 0.0);

    @Test
    void aQueueWithAFilterCanBeBuilt() {
        AmpsSource<String> source =
                queue().setFilter("/a = 1")
                        .setFieldSelection("/a")
                        .setOptions("no_sowkey")
                        .setQueueOptions(AmpsQueueOptions.defaults().withSubscriptions(3))
                        .build();

        assertThat(source.getBoundedness()).hasToString("CONTINUOUS_UNBOUNDED");
    }

    @Test
    void everythingThatDoesNotGoWithAQueueIsToldAtOnce() {
        AmpsSourceBuilder<String> builder =
                queue().setTopicPattern("jobs-.*")
                        .setStartPosition(AmpsStartPosition.latest())
                        .setBounded(AmpsStopPosition.latestAtStart())
                        .shardBy("/id", 4)
                        .setPositionOverrides(Map.of("jobs", AmpsStartPosition.earliest()))
                        .setOnDataLoss(AmpsDataLossPolicy.EARLIEST)
                        .setFailoverOverlap(Duration.ofSeconds(1))
                        .setPublishersKeepAtLeast(1)
                        .setPublishersKeepFor(Duration.ofDays(1))
                        .setOrderBy("/id")
                        .setTopN(5)
                        .setTrackKeys(true)
                        .setOutOfFocus(true)
                        .setDeltas(true);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "A pattern of topics does not go with a queue, which is acknowledged by"
                                + " its name. Use setTopics or setDiscoveredTopics.",
                        "The start position 'latest' does not go with a queue, which delivers what"
                                + " nobody has acknowledged yet. Remove setStartPosition.",
                        "does not go with a queue, which has no end. Remove setBounded.",
                        "Sharding does not go with a queue, which gives each message to one of the"
                                + " subscriptions that compete. Remove it, and set their number"
                                + " with AmpsQueueOptions.withSubscriptions.",
                        "A position by hand does not go with a queue, which has no positions."
                                + " Remove setPositionOverrides.",
                        "'scan.on-data-loss' does not go with a queue, which has no positions."
                                + " Remove setOnDataLoss.",
                        "'scan.failover-overlap'",
                        "'scan.publishers.keep-at-least'",
                        "'scan.publishers.keep-for'",
                        "setOrderBy",
                        "setTopN",
                        "setTrackKeys",
                        "setOutOfFocus",
                        "setDeltas");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conflation=1s",
                "grouping=[/a]",
                "oof",
                "bookmark",
                "fully_durable",
                "rate=10",
                "top_n=5"
            })
    void optionsOfOtherSubscriptionsAreRefused(String option) {
        assertThatThrownBy(() -> queue().setOptions(option).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The server option '" + option + "' ")
                .hasMessageContaining("queue")
                .hasMessageContaining("Remove it");
    }

    @ParameterizedTest
    @EnumSource(value = AmpsSubscriptionKind.class, names = "QUEUE", mode = EnumSource.Mode.EXCLUDE)
    void queueOptionsAreRefusedElsewhere(AmpsSubscriptionKind kind) {
        AmpsSourceBuilder<String> builder =
                queue().setSubscriptionKind(kind)
                        .setQueueOptions(AmpsQueueOptions.defaults().withMaxBacklog(7));

        assertThatThrownBy(builder::build)
                .hasMessageContaining("setQueueOptions is of no use with")
                .hasMessageContaining("Remove it, or use AmpsSubscriptionKind.QUEUE.");
    }

    @Test
    void optionsReachTheReaders() {
        AmpsSourceBuilder<String> builder =
                queue().setQueueOptions(
                                AmpsQueueOptions.defaults()
                                        .withMaxBacklog(7)
                                        .withAckBatchSize(3)
                                        .withStallTimeout(Duration.ofMinutes(1)));

        assertThat(SourceAssembly.readerOptions(builder.description(), BACKOFF).kindOptions())
                .isEqualTo(new KindOptions.Queue(7, 3, Duration.ofMinutes(1)));
        assertThat(SourceAssembly.readerOptions(queue().description(), BACKOFF).kindOptions())
                .isEqualTo(new KindOptions.Queue(1000, 500, Duration.ofMinutes(10)));
    }

    @Test
    void subscriptionsAreAsManyAsSaidOrAsSubtasks() {
        AmpsSourceBuilder<String> builder =
                queue().setQueueOptions(AmpsQueueOptions.defaults().withSubscriptions(1));

        assertThat(
                        SourceAssembly.enumeratorSettings(builder.description(), Map.of(), BACKOFF)
                                .sharding())
                .isEqualTo(AmpsSharding.competing(1));
        assertThat(AmpsSharding.competing(1).competingBy(() -> 4))
                .isEqualTo(AmpsSharding.competing(1));
        assertThat(AmpsSharding.NONE.competingBy(() -> 4)).isEqualTo(AmpsSharding.competing(4));
        assertThat(AmpsSharding.competing(4)).hasToString("4 competing subscriptions");
        assertThat(AmpsSharding.competing(4).shards()).hasSize(4).allMatch(s -> s.filter() == null);
    }

    @Test
    void unusableNumbersAreRefused() {
        AmpsQueueOptions options = AmpsQueueOptions.defaults();

        assertThatThrownBy(() -> options.withMaxBacklog(0))
                .hasMessage("'scan.queue.max-backlog' cannot be 0. Give 1 or more.");
        assertThatThrownBy(() -> options.withSubscriptions(1025))
                .hasMessageContaining("'scan.queue.subscriptions' cannot be 1025");
        assertThatThrownBy(() -> options.withAckBatchSize(10_001))
                .hasMessageContaining("'scan.queue.ack-batch-size' cannot be 10001");
        assertThatThrownBy(() -> options.withStallTimeout(Duration.ZERO))
                .hasMessageContaining("'scan.queue.stall-timeout' cannot be PT0S");
    }

    private static AmpsSourceBuilder<String> queue() {
        return AmpsSource.<String>builder()
                .setConnection(AmpsConnectionOptions.servers("tcp://a:1/amps/json").build())
                .setTopics("jobs")
                .setDeserializer(AmpsDeserializationSchema.string())
                .setSubscriptionKind(AmpsSubscriptionKind.QUEUE);
    }
}
