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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.client.AmpsAdminClient;
import io.activedataflow.flink.connector.amps.client.ClientAmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.LogEnds;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.standin.Ambiguities;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the enumerator learns of servers, by way of the official client, from stand-in servers. */
@Timeout(120)
class PinnedPositionsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeCoordinator coordinator = new FakeCoordinator(1);
    private Duration commandTimeout = PATIENCE;
    private AmpsStandIn server = AmpsStandIn.builder().admin(true).start();

    @AfterEach
    void noConnectionIsLeft() {
        Await.until("the end of all connections", PATIENCE, () -> server.connectionCount() == 0);
        server.close();
    }

    private void restartWith(AmpsStandIn other) {
        server.close();
        server = other;
    }

    /** What is to be read by a source that starts and stops at the end of the log. */
    private List<AmpsSplit> splits(AmpsTopicSelection selection, String... uris) {
        AmpsSourceEnumerator enumerator =
                new AmpsSourceEnumerator(
                        coordinator,
                        new AmpsEnumeratorSettings(
                                selection,
                                AmpsSharding.NONE,
                                null,
                                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                                AmpsStartPosition.latest(),
                                AmpsStopPosition.latestAtStart(),
                                Map.of(),
                                Duration.ZERO,
                                "pinned",
                                commandTimeout,
                                new ExponentialBackoff(
                                        Duration.ofMillis(1), Duration.ofMillis(10), 0.0),
                                PATIENCE),
                        new ClientAmpsConnectionFactory(
                                AmpsConnectionOptions.servers(uris)
                                        .setConnectTimeout(PATIENCE)
                                        .setCommandTimeout(PATIENCE)
                                        .build()),
                        LogEnds.bySubscription(),
                        AmpsAdminClient::topics,
                        null);
        try {
            enumerator.start();
            coordinator.runNow();
            return enumerator.snapshotState(1).unassignedSplits();
        } finally {
            enumerator.close();
        }
    }

    private List<AmpsSplit> splits(String... topics) {
        return splits(AmpsTopicSelection.topics(topics), server.uri("json"));
    }

    private static String bookmark(LogEntry entry) {
        return new AmpsBookmark(entry.publisherId(), entry.sequence()).toString();
    }

    @Test
    void theLogOfAllTopicsEndsWithItsLastMessage() {
        server.publish("p", 1, "orders", new byte[0]);
        LogEntry last = server.publish("q", -1L, "others", new byte[0]);

        assertThat(splits("orders", "empty"))
                .hasSize(2)
                .allSatisfy(
                        split -> {
                            assertThat(split.start()).isEqualTo(bookmark(last));
                            assertThat(split.end())
                                    .isEqualTo(ReplayEnd.ofLog(bookmark(last), server.uri("json")));
                        });
    }

    @Test
    void anEmptyLogIsReadFromItsBeginningAndHasNothingToRead() {
        assertThat(splits("orders", "empty"))
                .hasSize(2)
                .allMatch(split -> split.start().equals("0"))
                .allMatch(split -> split.end().isBeforeEverything());
    }

    @Test
    void aServerThatDoesNotTellCountsByTheClock() {
        restartWith(
                AmpsStandIn.builder()
                        .ambiguities(Ambiguities.defaults().withCompletedForNow(false))
                        .start());
        server.publish("p", 1, "orders", new byte[0]);
        commandTimeout = Duration.ofMillis(200);

        assertThat(splits("empty", "orders"))
                .hasSize(2)
                .allMatch(split -> split.start().matches("\\d{8}T\\d{6}\\.\\d{6}Z"))
                .allMatch(split -> !split.end().inclusive() && split.end().server() == null);
    }

    @Test
    void theNextServerIsAskedIfTheFirstIsAway() {
        LogEntry last = server.publish("p", 1, "orders", new byte[0]);
        AmpsStandIn away = AmpsStandIn.builder().start();
        away.close();

        List<AmpsSplit> splits =
                splits(AmpsTopicSelection.topics("orders"), away.uri("json"), server.uri("json"));

        assertThat(splits)
                .extracting(split -> split.end().server() + ' ' + split.start())
                .containsExactly(server.uri("json") + ' ' + bookmark(last));
        assertThat(coordinator.discoveryFailures()).isEqualTo(1);
    }

    @Test
    void namesWithRegexCharactersAndPatternsAreUnderstood() {
        LogEntry last = server.publish("p", 1, "orders.new", new byte[0]);

        assertThat(splits("orders.new"))
                .extracting(AmpsSplit::start)
                .containsExactly(bookmark(last));
        assertThat(splits(AmpsTopicSelection.pattern("orders\\..*"), server.uri("json")))
                .extracting(AmpsSplit::start)
                .containsExactly(bookmark(last));
    }

    @Test
    void aTopicThatIsNotLoggedFailsTheJobNamingIt() {
        restartWith(AmpsStandIn.builder().logged(topic -> false).start());

        assertThatThrownBy(() -> splits("orders"))
                .hasStackTraceContaining("Could not find out what to read for topics [orders]")
                .hasStackTraceContaining("'orders'")
                .hasStackTraceContaining(server.uri("json"));
        assertThat(coordinator.discoveryFailures()).isZero();
    }

    @Test
    void topicsAreDiscoveredByTheAdministrationInterface() {
        server.adminTopics().addSow("orders-1", "json", 10);
        server.adminTopics().addSow("orders-2", "fix", 10);
        server.adminTopics().addSow("my-orders-3", "json", 10);
        AmpsTopicSelection selection =
                AmpsTopicSelection.discovered(
                        "orders-.*", AmpsAdminOptions.urls(server.adminUri()).build());

        assertThat(Splits.ids(splits(selection, server.uri("json")))).containsExactly("orders-1");
    }
}
