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

import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Verb;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.reader.ReplayVerifier.Verdict;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.A;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.B;
import static io.activedataflow.flink.connector.amps.source.reader.FakeSubscription.time;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.idleAt;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.live;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.readTo;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.split;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ReplayPlannerTest {

    private static final int MODERN = 5_03_05_00;
    private static final int OLD = 5_03_04_99;
    private static final String FAIL = "bookmark_not_found=fail";

    private List<String> subscribeOptions = List.of();
    private String filter;
    private boolean timestamps;
    private KindOptions kindOptions = KindOptions.NONE;
    private boolean stable = true;
    private Duration overlap = Duration.ofSeconds(60);

    // ------------------------------------------------------------------------ where to begin

    @Test
    void beginsAtTheEarliest() {
        ReplayOpening opening = open(fresh("orders"));

        assertThat(opening.from()).isEqualTo(From.START);
        assertThat(opening.command())
                .isEqualTo(new AmpsSubscribeCommand("orders", null, "0", List.of(), true));
    }

    @Test
    void beginsAtATimeOrAtNowWithoutRefusal() {
        assertThat(open(fresh("orders", time(5))).command().bookmark()).isEqualTo(time(5));
        assertThat(open(fresh("orders", time(5))).command().options()).isEmpty();
        assertThat(open(fresh("orders", "0|1|")).command().options()).isEmpty();
    }

    @Test
    void beginsAfterBookmarksOnlyIfTheyAreKnown() {
        ReplayOpening opening = open(fresh("orders", "1|5|,2|7|"));

        assertThat(opening.from()).isEqualTo(From.START);
        assertThat(opening.command().bookmark()).isEqualTo("1|5|,2|7|");
        assertThat(opening.command().options()).containsExactly(FAIL);
    }

    @Test
    void goesOnAfterTheLastBookmarkOnTheSameServer() {
        ReplayOpening opening = open(readTo("orders", A, 0, "1|5|", "2|7|"));

        assertThat(opening.from()).isEqualTo(From.BOOKMARK);
        assertThat(opening.command().bookmark()).isEqualTo("2|7|");
        assertThat(opening.command().options()).containsExactly(FAIL);
    }

    @Test
    void goesOnAfterTheAcknowledgedPositionOnTheSameServer() {
        ReplayOpening opening = open(idleAt(readTo("orders", A, 0, "1|5|"), "9|1|"));

        assertThat(opening.from()).isEqualTo(From.BOOKMARK);
        assertThat(opening.command().bookmark()).isEqualTo("9|1|");
    }

    @Test
    void goesOnAfterTheEarliestOfAllPublishersOnAnotherServer() {
        ReplayOpening opening = open(readTo("orders", B, 0, "1|5|", "2|7|"));

        assertThat(opening.from()).isEqualTo(From.PUBLISHERS);
        assertThat(opening.command().bookmark().split(","))
                .containsExactlyInAnyOrder("1|5|", "2|7|");
        assertThat(opening.command().options()).containsExactly(FAIL);
    }

    @Test
    void anAcknowledgedPositionIsAmongThoseThatAnotherServerMayKnow() {
        assertThat(
                        open(idleAt(readTo("orders", B, 0, "1|5|", "2|7|"), "9|1|"))
                                .command()
                                .bookmark()
                                .split(","))
                .containsExactlyInAnyOrder("1|5|", "2|7|", "9|1|");
    }

    @Test
    void anAcknowledgedPositionOfAPublisherIsNotSentTwice() {
        assertThat(open(idleAt(readTo("orders", B, 0, "1|5|"), "1|5|")).command().bookmark())
                .isEqualTo("1|5|");
    }

    @Test
    void onlyTheAcknowledgedPositionIsKnownBeforeTheFirstMessage() {
        AmpsSplit split = idleAt(fresh("orders", "3|1|"), "9|1|");

        assertThat(open(split).command().bookmark()).isEqualTo("9|1|");
        assertThat(open(split).from()).isEqualTo(From.BOOKMARK);
        ReplayOpening elsewhere = plan(split, B.text(), MODERN, false);
        assertThat(elsewhere.command().bookmark()).isEqualTo("3|1|,9|1|");
        assertThat(elsewhere.from()).isEqualTo(From.PUBLISHERS);
    }

    @Test
    void anExactStartIsBetterElsewhereThanAnAcknowledgedPosition() {
        AmpsSplit split = idleAt(fresh("orders"), "9|1|");

        assertThat(open(split).from()).isEqualTo(From.BOOKMARK);
        ReplayOpening elsewhere = plan(split, B.text(), MODERN, false);
        assertThat(elsewhere.command().bookmark()).isEqualTo("0");
        assertThat(elsewhere.from()).isEqualTo(From.START);
    }

    @Test
    void numbersAreUnsigned() {
        assertThat(
                        open(readTo("orders", A, 0, "18446744073709551615|9223372036854775808|"))
                                .command()
                                .bookmark())
                .isEqualTo("18446744073709551615|9223372036854775808|");
    }

    @Test
    void theServersOfEndpointsThatAreNotStableAreAlwaysOthers() {
        stable = false;
        AmpsSplit split = readTo("orders", A, 0, "1|5|", "2|7|");

        assertThat(open(split).from()).isEqualTo(From.PUBLISHERS);
        assertThat(planner().isSameInstance(A.text(), A.text())).isFalse();
    }

    @Test
    void goesBackByTheTimeOfTheLastMessageAndTheOverlap() {
        ReplayOpening opening =
                plan(readTo("orders", B, 100, "1|5|", "2|7|"), A.text(), MODERN, true);

        assertThat(opening.from()).isEqualTo(From.TIME);
        assertThat(opening.command().bookmark()).isEqualTo(time(40));
        assertThat(opening.command().options()).isEmpty();
    }

    @Test
    void anOverlapBeyondTheEpochIsTheEpoch() {
        overlap = Duration.ofDays(40_000);

        assertThat(
                        plan(readTo("orders", B, 100, "1|5|"), A.text(), MODERN, true)
                                .command()
                                .bookmark())
                .isEqualTo("19700101T000000.000000Z");
    }

    @Test
    void whatWasNotReadYetHasNoTimeToGoBackFrom() {
        assertThat(plan(fresh("orders"), A.text(), MODERN, true).from()).isEqualTo(From.START);
    }

    @Test
    void aLiveSubscriptionBeginsNowhere() {
        AmpsSplit split = live(readTo("orders", A, 0, "1|5|"));

        ReplayOpening opening = open(split);
        assertThat(opening.from()).isEqualTo(From.NOWHERE);
        assertThat(opening.command())
                .isEqualTo(new AmpsSubscribeCommand("orders", null, null, List.of(), false));
    }

    // ------------------------------------------------------------------------ where to end

    @Test
    void aRangeBeginsBehindABookmarkOrTheBeginning() {
        ReplayEnd end = ReplayEnd.ofLog("1|9|", A.text());

        assertThat(bookmark(fresh("orders").withEnd(end))).isEqualTo("(0:1|9|]");
        assertThat(bookmark(fresh("orders", "1|2|,2|3|").withEnd(end)))
                .isEqualTo("(1|2|,2|3|:1|9|]");
        assertThat(bookmark(readTo("orders", A, 0, "1|5|").withEnd(end))).isEqualTo("(1|5|:1|9|]");
    }

    @Test
    void aRangeBeginsWithATime() {
        assertThat(bookmark(fresh("orders", time(5)).withEnd(new ReplayEnd("1|9|", true, null))))
                .isEqualTo("[" + time(5) + ":1|9|]");
    }

    @Test
    void aRangeEndsWithABookmarkOrBeforeATime() {
        assertThat(bookmark(fresh("orders").withEnd(new ReplayEnd("1|9|,2|8|", true, null))))
                .isEqualTo("(0:1|9|,2|8|]");
        assertThat(bookmark(fresh("orders").withEnd(new ReplayEnd(time(9), false, null))))
                .isEqualTo("(0:" + time(9) + ")");
    }

    @Test
    void aRangeIsRefusedIfItsStartIsUnknown() {
        ReplayEnd end = new ReplayEnd("1|9|", true, null);

        assertThat(open(readTo("orders", A, 0, "1|5|").withEnd(end)).command().options())
                .containsExactly(FAIL);
        assertThat(open(fresh("orders").withEnd(end)).command().options())
                .as("only the start counts")
                .isEmpty();
    }

    @Test
    void aRangeByTimeKeepsItsEnd() {
        AmpsSplit split =
                readTo("orders", B, 100, "1|5|").withEnd(new ReplayEnd("1|9|", true, null));

        assertThat(plan(split, A.text(), MODERN, true).command().bookmark())
                .isEqualTo("[" + time(40) + ":1|9|]");
    }

    @Test
    void theEndIsTakenAnewFromAnotherServersLog() {
        AmpsSplit split = fresh("orders");
        AmpsSplit ofLog = split.withEnd(ReplayEnd.ofLog("1|9|", A.text()));

        assertThat(planner().mustTakeEndAnew(split, B.text())).isFalse();
        assertThat(planner().mustTakeEndAnew(ofLog, A.text())).isFalse();
        assertThat(planner().mustTakeEndAnew(ofLog, B.text())).isTrue();
        assertThat(
                        planner()
                                .mustTakeEndAnew(
                                        split.withEnd(new ReplayEnd("1|9|", true, null)), B.text()))
                .as("named by the user")
                .isFalse();
        stable = false;
        assertThat(planner().mustTakeEndAnew(ofLog, A.text())).isTrue();
    }

    // ------------------------------------------------------------------------ options

    @Test
    void oldServersAreNotToldToRefuse() {
        assertThat(plan(readTo("orders", A, 0, "1|5|"), A.text(), OLD, false).command().options())
                .isEmpty();
    }

    @Test
    void optionsOfTheUserComeFirst() {
        subscribeOptions = List.of("fully_durable", "select=[-/,+/id]");
        timestamps = true;
        AmpsSplit split = split(AmpsTopic.literal("a.b"), "1|2|", ReplayPosition.NONE, null);

        assertThat(open(split).command().options())
                .containsExactly(
                        "fully_durable", "select=[-/,+/id]", "timestamp", "non_regex_topic", FAIL);
    }

    @Test
    void onlyLiteralNamesThatLookLikePatternsAreSentAsLiteral() {
        assertThat(options(AmpsTopic.literal("orders"))).isEmpty();
        assertThat(options(AmpsTopic.literal("orders.eu"))).containsExactly("non_regex_topic");
        assertThat(options(AmpsTopic.pattern("^orders\\..*$"))).isEmpty();
    }

    @Test
    void theFilterOfTheShardIsAddedToThatOfTheUser() {
        filter = "/qty > 5 OR /vip = 1";
        AmpsSplit split =
                new AmpsSplit(
                        AmpsTopic.literal("orders"),
                        new AmpsShard(1, 4, "/id"),
                        AmpsSubscriptionKind.BOOKMARK_REPLAY,
                        "0",
                        ReplayPosition.NONE,
                        null,
                        AmpsSplit.UNLIMITED,
                        null);

        assertThat(open(split).command().filter())
                .isEqualTo("(/qty > 5 OR /vip = 1) AND ((ABS(CRC32(/id)) % 4) = 1)");
        assertThat(open(fresh("orders")).command().filter()).isEqualTo(filter);
    }

    // ------------------------------------------------------------------------ verification

    @Test
    void theFirstMessageIsComparedWithTheOverlap() {
        ReplayPosition position = readTo("orders", A, 100, "1|5|").position();

        assertThat(
                        planner()
                                .verifier(From.PUBLISHERS, position)
                                .firstMessage(FakeSubscription.micros(40), false))
                .isEqualTo(Verdict.GO_ON);
        assertThat(
                        planner()
                                .verifier(From.PUBLISHERS, position)
                                .firstMessage(FakeSubscription.micros(40) + 1, false))
                .isEqualTo(Verdict.REOPEN_BY_TIME);
    }

    @Test
    void withoutAnOverlapThePublishersAreReliedOn() {
        overlap = Duration.ZERO;

        assertThat(
                        planner()
                                .verifier(
                                        From.PUBLISHERS,
                                        readTo("orders", A, 100, "1|5|").position())
                                .firstMessage(FakeSubscription.micros(200), false))
                .isEqualTo(Verdict.GO_ON);
    }

    // ------------------------------------------------------------------------ helpers

    private List<String> options(AmpsTopic topic) {
        return open(split(topic, "0", ReplayPosition.NONE, null)).command().options();
    }

    private String bookmark(AmpsSplit split) {
        return open(split).command().bookmark();
    }

    /** On server A, a modern one. */
    private ReplayOpening open(AmpsSplit split) {
        return plan(split, A.text(), MODERN, false);
    }

    private ReplayOpening plan(AmpsSplit split, String server, int version, boolean byTime) {
        return planner().plan(split, server, version, byTime);
    }

    @Test
    void liveDeltasAndWhatIsOutOfFocusAreAskedFor() {
        kindOptions = new KindOptions.Live(true, true);
        AmpsSplit live = TestSplits.live(TestSplits.fresh("orders"));

        assertThat(planner().plan(live, "server", 5_03_05_03, false).command())
                .satisfies(
                        command -> {
                            assertThat(command.verb()).isEqualTo(Verb.DELTA_SUBSCRIBE);
                            assertThat(command.options()).contains("oof");
                            assertThat(command.completed()).isFalse();
                        });
    }

    private ReplayPlanner planner() {
        return new ReplayPlanner(
                new ReaderOptions(
                        "job",
                        filter,
                        subscribeOptions,
                        timestamps,
                        stable,
                        overlap,
                        AmpsDataLossPolicy.FAIL,
                        new PublisherPruning(100, Duration.ofDays(7)),
                        1000,
                        1 << 20,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        new ExponentialBackoff(Duration.ofMillis(1), Duration.ofMillis(2), 0.0),
                        Duration.ofMinutes(1),
                        kindOptions));
    }
}
