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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Query;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Verb;
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.source.AmpsDataLossPolicy;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.B;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.retriable;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.unknownBookmark;
import static io.activedataflow.flink.connector.amps.source.reader.FakeSubscription.time;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.followed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The state of the world and what follows, and what can go wrong with it. */
@Timeout(60)
class SplitReaderFollowedTest {

    private static final String BEGUN = "SnapshotBegun";
    private static final String COMPLETED = "SnapshotCompleted";

    private final ReaderFixture job = new ReaderFixture();
    private AmpsSplit orders = followed("orders");

    @AfterEach
    void close() {
        job.close();
    }

    private static KindOptions options(boolean outOfFocus, boolean trackKeys, boolean deltas) {
        return new KindOptions.Snapshot(null, Query.ALL, 100, outOfFocus, trackKeys, deltas);
    }

    private FakeSubscription start(KindOptions options) {
        job.kindOptions = options;
        job.assign(orders);
        return job.runUntilSubscribed(1);
    }

    /** Logged topic, nothing but messages. */
    private FakeSubscription startPlain() {
        return start(options(false, false, false));
    }

    private FakeSubscription startTracking() {
        return start(options(true, true, false));
    }

    // ------------------------------------------------------------------------ commands

    @Test
    void asksForRecordsAndUpdatesWithBookmarks() {
        assertThat(startPlain().command())
                .isEqualTo(command(Verb.SOW_AND_SUBSCRIBE, null, List.of("timestamp", "bookmark")));
    }

    @Test
    void asksForWhatIsOutOfFocusWithoutBookmarks() {
        assertThat(startTracking().command())
                .isEqualTo(command(Verb.SOW_AND_SUBSCRIBE, null, List.of("timestamp", "oof")));
    }

    @Test
    void asksForDeltasWithoutBookmarks() {
        assertThat(start(options(false, false, true)).command())
                .isEqualTo(command(Verb.SOW_AND_DELTA_SUBSCRIBE, null, List.of("timestamp")));
    }

    @Test
    void asksForThePastAndWhatFollows() {
        orders =
                TestSplits.ofKind(
                        AmpsSubscriptionKind.SOW_AND_SUBSCRIBE,
                        AmpsTopic.literal("orders"),
                        "1|2|");

        assertThat(startPlain().command())
                .isEqualTo(
                        command(
                                Verb.SOW_AND_SUBSCRIBE,
                                "1|2|",
                                List.of("timestamp", "bookmark_not_found=fail")));
    }

    private static AmpsSubscribeCommand command(Verb verb, String bookmark, List<String> options) {
        return new AmpsSubscribeCommand(
                verb, "orders", null, bookmark, options, true, new Query(null, Query.ALL, 100));
    }

    // ------------------------------------------------------------------------ by bookmark

    @Test
    void goesOnBehindTheLastMessage() {
        FakeSubscription first = startPlain().query("1", "2").send("7|1|", 10);
        job.runUntilEmitted(orders, "7|1|");
        first.disconnect();
        FakeSubscription second = job.runUntilSubscribed(2).send("7|2|", 11);
        job.runUntilEmitted(orders, "7|2|");

        assertThat(second.command())
                .isEqualTo(
                        new AmpsSubscribeCommand(
                                "orders",
                                null,
                                "7|1|",
                                List.of("timestamp", "bookmark_not_found=fail"),
                                true));
        assertThat(job.emitted(orders)).containsExactly(BEGUN, "1", "2", COMPLETED, "7|1|", "7|2|");
    }

    @Test
    void aRestoredSplitGoesOnBehindTheLastMessage() {
        startPlain().query("1").send("7|1|", 10).send("7|2|", 11);
        job.runUntilEmitted(orders, "7|2|");
        AmpsSplit checkpoint = job.state(orders);

        try (ReaderFixture restored = new ReaderFixture()) {
            restored.kindOptions = job.kindOptions;
            restored.assign(checkpoint);

            assertThat(restored.runUntilSubscribed(1).bookmark()).isEqualTo("7|2|");
        }
    }

    @Test
    void aRestoredSplitThatIsNowToldWhatIsOutOfFocusTakesTheRecordsAgain() {
        startPlain().query("1").send("7|1|", 10);
        job.runUntilEmitted(orders, "7|1|");
        AmpsSplit checkpoint = job.state(orders);

        try (ReaderFixture restored = new ReaderFixture()) {
            restored.kindOptions = options(true, false, false);
            restored.assign(checkpoint);

            assertThat(restored.runUntilSubscribed(1).command().verb())
                    .isEqualTo(Verb.SOW_AND_SUBSCRIBE);
        }
    }

    @Test
    void recordsWithBookmarksAreNoPosition() {
        FakeSubscription first = startPlain().groupBegin();
        first.send(TestDelivery.of("1").command(AmpsCommand.SOW).sowKey("1").bookmark("7|9|"));
        first.groupEnd().completed("7|12|");
        job.runUntilEmitted(orders, COMPLETED);
        first.disconnect();

        assertThat(job.runUntilSubscribed(2).command().verb()).isEqualTo(Verb.SOW_AND_SUBSCRIBE);
        assertThat(job.state(orders).position().isNone()).isTrue();
    }

    @Test
    void whatComesBetweenTheRecordsAndTheirCompletionIsNoPosition() {
        FakeSubscription first = startPlain().groupBegin().records("1").groupEnd();
        first.send("7|1|", 10);
        job.runUntilEmitted(orders, "7|1|");
        first.disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);

        assertThat(second.command().verb()).isEqualTo(Verb.SOW_AND_SUBSCRIBE);
        assertThat(job.state(orders).position().isNone()).isTrue();
    }

    @Test
    void anotherServerIsResumedByPublishers() {
        job.overlap = Duration.ZERO;
        FakeSubscription onA = startPlain().query("1").send("7|1|", 10).send("8|5|", 11);
        job.runUntilEmitted(orders, "8|5|");
        job.servers.a().isDown(retriable("down"));
        onA.disconnect();
        FakeSubscription onB = job.runUntilSubscribed(2);
        onB.send("8|5|", 11).send("7|2|", 12);
        job.runUntilEmitted(orders, "7|2|");

        assertThat(onB.server()).isEqualTo(B);
        assertThat(onB.bookmark()).isEqualTo("8|5|,7|1|");
        assertThat(job.emitted(orders))
                .containsExactly(BEGUN, "1", COMPLETED, "7|1|", "8|5|", "7|2|");
        assertThat(job.metric(AmpsMetric.FAILOVERS)).isEqualTo(1);
    }

    @Test
    void aLogWithoutThePositionFailsTheJob() {
        loseThePosition();

        assertThatThrownBy(() -> job.runUntilSubscribed(2))
                .hasMessageContainingAll("7|1|", "'scan.on-data-loss'", "taken again");
    }

    @Test
    void aLogWithoutThePositionIsTakenFromTheRecordsAgainIfThePolicySaysSo() {
        job.onLoss = AmpsDataLossPolicy.EARLIEST;
        loseThePosition();
        FakeSubscription second = job.runUntilSubscribed(2).query("1");
        job.runUntil(() -> job.emitted(orders).lastIndexOf(COMPLETED) > 4);

        assertThat(second.command().verb()).isEqualTo(Verb.SOW_AND_SUBSCRIBE);
        assertThat(job.state(orders).position().isNone()).isTrue();
        assertThat(job.metric(AmpsMetric.DATA_LOSSES)).isEqualTo(1);
    }

    @Test
    void aStartThatTheLogDoesNotHaveIsLeftIfThePolicySaysSo() {
        job.onLoss = AmpsDataLossPolicy.LATEST;
        orders =
                TestSplits.ofKind(
                        AmpsSubscriptionKind.SOW_AND_SUBSCRIBE,
                        AmpsTopic.literal("orders"),
                        "1|2|");
        job.servers.a().refuse(unknownBookmark());

        assertThat(startPlain().bookmark()).isNull();
        job.runUntil(() -> job.emitted(orders).contains(BEGUN));
        assertThat(job.state(orders).start()).isEmpty();
    }

    private void loseThePosition() {
        FakeSubscription first = startPlain().query("1").send("7|1|", 10);
        job.runUntilEmitted(orders, "7|1|");
        job.servers.a().refuse(unknownBookmark());
        first.disconnect();
    }

    @Test
    void aPatternTakesTheRecordsAgain() {
        orders =
                TestSplits.ofKind(
                        AmpsSubscriptionKind.SOW_AND_SUBSCRIBE, AmpsTopic.pattern("^o$"), "");
        FakeSubscription first = startPlain().query("1").send("7|1|", 10);
        job.runUntilEmitted(orders, "7|1|");
        first.disconnect();

        assertThat(first.command().options()).containsExactly("timestamp");
        assertThat(job.runUntilSubscribed(2).command().verb()).isEqualTo(Verb.SOW_AND_SUBSCRIBE);
    }

    @Test
    void whatIsConflatedTakesTheRecordsAgain() {
        job.subscribeOptions = List.of("conflation=1s");
        FakeSubscription first = startPlain().query("1").send("7|1|", 10);
        job.runUntilEmitted(orders, "7|1|");
        first.disconnect();

        assertThat(job.runUntilSubscribed(2).command().verb()).isEqualTo(Verb.SOW_AND_SUBSCRIBE);
    }

    // ------------------------------------------------------------------------ taken again

    @Test
    void deltasTakeTheRecordsAgain() {
        FakeSubscription first = start(options(false, false, true)).query("1").send("7|1|", 10);
        job.runUntilEmitted(orders, "7|1|");
        first.disconnect();
        job.runUntilSubscribed(2).query("1").update("1", "part");
        job.runUntilEmitted(orders, "part");

        assertThat(job.emitted(orders))
                .containsExactly(BEGUN, "1", COMPLETED, "7|1|", BEGUN, "1", COMPLETED, "part");
    }

    @Test
    void recordsThatBreakOffAreTakenAgain() {
        start(options(true, false, false)).groupBegin().records("1", "2").disconnect();
        FakeSubscription second = job.runUntilSubscribed(2).query("1", "2", "3").update("1", "new");
        job.runUntilEmitted(orders, "new");
        second.disconnect();
        job.runUntilSubscribed(3);

        assertThat(job.emitted(orders))
                .containsExactly(BEGUN, "1", "2", BEGUN, "1", "2", "3", COMPLETED, "new");
    }

    @Test
    void recordsThatNeverGetToTheirEndFailTheJob() {
        job.deadline = Duration.ofMillis(20);
        job.kindOptions = options(true, false, false);
        job.assign(orders);

        assertThatThrownBy(
                        () ->
                                job.runUntil(
                                        () -> {
                                            job.servers
                                                    .subscriptions()
                                                    .forEach(
                                                            query ->
                                                                    query.records("1")
                                                                            .disconnect());
                                            return false;
                                        }))
                .hasMessageContaining("'retry.deadline'");
    }

    @Test
    void aLimitIsCutHereForTheRecordsOnly() {
        job.kindOptions = new KindOptions.Snapshot("/id", 2, 100, true, false, false);
        job.assign(orders);
        FakeSubscription first = job.runUntilSubscribed(1).query("1", "2", "3");
        first.update("4", "new");
        job.runUntilEmitted(orders, "new");

        assertThat(first.command().options()).containsExactly("timestamp", "oof", "skip_n=0");

        assertThat(job.emitted(orders)).containsExactly(BEGUN, "1", "2", COMPLETED, "new");
    }

    // ------------------------------------------------------------------------ tracked keys

    @Test
    void whatHasGoneMeanwhileIsToldBeforeUpdates() {
        FakeSubscription first = startTracking().query("1", "2", "x", "4");
        first.outOfFocus("2", AmpsOutOfFocusReason.DELETED).update("5", "five");
        job.runUntilEmitted(orders, "five");
        first.disconnect();
        job.runUntilSubscribed(2).query("1", "6").update("1", "new");
        job.runUntilEmitted(orders, "new");

        int again = job.emitted(orders).lastIndexOf(COMPLETED);
        assertThat(job.emitted(orders).subList(again - 2, again)).containsExactly("1", "6");
        assertThat(job.emitted(orders).subList(again + 1, job.emitted(orders).size()))
                .containsExactly("", "", "", "new");
        assertThat(job.missing(orders)).containsExactlyInAnyOrder("4", "5", "x");
    }

    @Test
    void aMissingRecordIsToldOnce() {
        startTracking().query("1", "2").disconnect();
        job.runUntilSubscribed(2).query("1").disconnect();
        job.runUntilSubscribed(3).query("1").update("1", "new");
        job.runUntilEmitted(orders, "new");

        assertThat(job.missing(orders)).containsExactly("2");
    }

    @Test
    void recordsThatBreakOffReportNothingMissing() {
        startTracking().query("1", "2").disconnect();
        job.runUntilSubscribed(2).groupBegin().records("1").groupEnd().disconnect();
        FakeSubscription third = job.runUntilSubscribed(3);
        assertThat(job.missing(orders)).isEmpty();
        third.query("1", "2").update("1", "new");
        job.runUntilEmitted(orders, "new");

        assertThat(job.missing(orders)).isEmpty();
    }

    @Test
    void anUpdateBeforeTheCompletionIsNotMissing() {
        startTracking().query("1", "2").disconnect();
        job.runUntilSubscribed(2)
                .groupBegin()
                .records("1")
                .groupEnd()
                .update("2", "two")
                .completed(null)
                .update("1", "new");
        job.runUntilEmitted(orders, "new");

        assertThat(job.missing(orders)).isEmpty();
    }

    @Test
    void aRestoredSplitTellsWhatHasGone() {
        startTracking().query("1", "2", "3").outOfFocus("3", AmpsOutOfFocusReason.EXPIRED);
        job.runUntilEmitted(orders, "gone 3");
        AmpsSplit checkpoint = job.state(orders);

        try (ReaderFixture restored = new ReaderFixture()) {
            restored.kindOptions = job.kindOptions;
            restored.assign(checkpoint);
            restored.runUntilSubscribed(1).query("1", "4").update("1", "new");
            restored.runUntilEmitted(checkpoint, "new");

            assertThat(restored.missing(checkpoint)).containsExactly("2");
            AmpsSplit next = restored.state(checkpoint);
            assertThat(next.kindState().toString()).contains("2 keys");
        }
    }

    @Test
    void manyMissingRecordsAreAllTold() {
        String[] keys = new String[3000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Integer.toString(i);
        }
        job.bufferMessages = 10_000;
        FakeSubscription first = startTracking().query(keys);
        job.runUntilEmitted(orders, COMPLETED);
        first.disconnect();
        job.runUntilSubscribed(2).send(TestDelivery.of("x").sowKey("x"));
        job.servers.subscriptions().get(1).query("x").update("x", "new");
        job.runUntilEmitted(orders, "new");

        assertThat(job.missing(orders)).hasSize(3000).doesNotHaveDuplicates();
        assertThat(job.metric(AmpsMetric.MISSING_RECORDS)).isEqualTo(3000);
        assertThat(job.metric(AmpsMetric.SNAPSHOTS)).isEqualTo(2);
        assertThat(job.emitted(orders)).endsWith("", "new");
    }

    @Test
    void missingRecordsHaveTheTimeOfTheQuery() {
        FakeSubscription first = startTracking().query("1");
        first.send(TestDelivery.of("1").sowKey("1").timestamp(time(5)));
        job.runUntilEmitted(orders, COMPLETED);
        first.disconnect();
        job.runUntilSubscribed(2).query().update("2", "new");
        job.runUntilEmitted(orders, "new");

        assertThat(job.timeOfMissing()).isEqualTo(FakeSubscription.micros(5));
    }

    @Test
    void aMessageWithoutKeyIsRefused() {
        FakeSubscription first = startTracking().query("1");
        first.send(TestDelivery.of("x"));

        assertThatThrownBy(() -> job.runUntilEmitted(orders, "x"))
                .hasMessageContaining("without the key of a record");
    }
}
