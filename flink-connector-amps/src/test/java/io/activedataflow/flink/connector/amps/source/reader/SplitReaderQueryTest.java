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
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Query;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Verb;
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
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
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Queries of the state of the world, and what can go wrong with them. */
@Timeout(60)
class SplitReaderQueryTest {

    private final ReaderFixture job = new ReaderFixture();
    private final AmpsSplit orders = query("orders");

    @AfterEach
    void close() {
        job.close();
    }

    private FakeSubscription start() {
        return start(null, Query.ALL);
    }

    private FakeSubscription start(String orderBy, int topN) {
        job.kindOptions = new KindOptions.Snapshot(orderBy, topN, 100, false, false, false);
        job.assign(orders);
        return job.runUntilSubscribed(1);
    }

    @Test
    void asksForTheRecordsAndTheirCompletion() {
        job.subscribeOptions = List.of("select=[-/,+/id]");
        AmpsSubscribeCommand command = start("/price DESC", 7).command();

        assertThat(command)
                .isEqualTo(
                        new AmpsSubscribeCommand(
                                Verb.SOW,
                                "orders",
                                null,
                                null,
                                List.of("select=[-/,+/id]", "timestamp"),
                                true,
                                new Query("/price DESC", 7, 100)));
    }

    @Test
    void asksForThePast() {
        job.kindOptions = new KindOptions.Snapshot(null, Query.ALL, 1, false, false, false);
        job.assign(
                TestSplits.ofKind(
                        AmpsSubscriptionKind.SOW,
                        AmpsTopic.literal("orders"),
                        "20260102T030405.000000Z"));

        assertThat(job.runUntilSubscribed(1).bookmark()).isEqualTo("20260102T030405.000000Z");
    }

    @Test
    void endsWithTheCompletion() {
        FakeSubscription query = start().groupBegin().records("1", "2").groupEnd();
        job.runUntilEmitted(orders, "2");
        assertThat(job.finished()).isEmpty();
        query.completed(null);
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1", "2");
        job.runUntil(() -> job.servers.openConnections().isEmpty());
    }

    @Test
    void endsWithoutRecords() {
        start().query();
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).isEmpty();
    }

    @Test
    void aQueryThatIsRefusedIsSentAgain() {
        job.servers.a().refuse(retriable("sow store failed"));
        start().query("1");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1");
    }

    @Test
    void aConnectionLostBeforeTheFirstRecord() {
        start().groupBegin().disconnect();
        job.runUntilSubscribed(2).query("1");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1");
    }

    @Test
    void aConnectionLostInTheMiddleRepeatsNoKey() {
        start().groupBegin().records("1", "18446744073709551615", "a=", "0", "00").disconnect();
        job.runUntilSubscribed(2).query("00", "0", "2", "a=", "1", "18446744073709551615", "b=");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders))
                .containsExactly("1", "18446744073709551615", "a=", "0", "00", "2", "b=");
        assertThat(job.metric(AmpsMetric.DUPLICATES_DROPPED)).isEqualTo(5);
        assertThat(job.metric(AmpsMetric.RECONNECTS)).isEqualTo(1);
    }

    @Test
    void aConnectionLostBehindTheLastRecord() {
        start().groupBegin().records("1").groupEnd().disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);
        assertThat(job.finished()).isEmpty();
        second.query("1", "2");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1", "2");
    }

    @Test
    void aLateFailureTakesTheQueryAgain() {
        start().groupBegin().records("1").groupEnd().disconnect(retriable("sow canceled"));
        job.runUntilSubscribed(2).query("2", "1");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1", "2");
    }

    @Test
    void aCompletionWithoutTheEndOfTheRecordsIsNone() {
        start().groupBegin().records("1").completed(null);
        FakeSubscription second = job.runUntilSubscribed(2);
        assertThat(job.finished()).isEmpty();
        second.query("1", "2");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1", "2");
    }

    @Test
    void anotherServerRepeatsNoKey() {
        FakeSubscription onA = start().groupBegin().records("1");
        job.runUntilEmitted(orders, "1");
        job.servers.a().isDown(retriable("down"));
        onA.disconnect();
        FakeSubscription onB = job.runUntilSubscribed(2).query("1", "2");
        job.runUntilFinished(orders);

        assertThat(onB.server()).isEqualTo(B);
        assertThat(job.emitted(orders)).containsExactly("1", "2");
    }

    @Test
    void aQueryThatNeverGetsOnFailsInTheEnd() {
        job.deadline = Duration.ofMillis(20);
        FakeSubscription first = start().groupBegin().records("1");
        job.runUntilEmitted(orders, "1");
        first.disconnect();

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
    void aRestoredQueryRepeatsNoKey() {
        FakeSubscription query = start().groupBegin().records("1", "x");
        job.runUntilEmitted(orders, "x");
        AmpsSplit checkpoint = job.state(orders);
        query.records("2");
        job.runUntilEmitted(orders, "2");

        try (ReaderFixture restored = new ReaderFixture()) {
            restored.kindOptions = job.kindOptions;
            restored.assign(checkpoint);
            restored.runUntilSubscribed(1).query("x", "2", "1", "3");
            restored.runUntilFinished(checkpoint);

            assertThat(restored.emitted(checkpoint)).containsExactly("2", "3");
        }
    }

    @Test
    void theSameKeyOfTwoTopicsIsTwoRecords() {
        FakeSubscription query = start().groupBegin().records("1");
        query.send(record("trades", "1")).disconnect();
        FakeSubscription second = job.runUntilSubscribed(2).groupBegin();
        second.send(record("trades", "1")).send(record("trades", "2"));
        second.records("1").groupEnd().completed(null);
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1", "trades 1", "trades 2");
    }

    private static TestDelivery record(String topic, String key) {
        return TestDelivery.of(topic + ' ' + key).command(AmpsCommand.SOW).topic(topic).sowKey(key);
    }

    @Test
    void aLimitIsCutHere() {
        start("/id", 3).groupBegin().records("1", "2", "3", "4");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1", "2", "3");
    }

    @Test
    void aLimitCountsWhatWasEmittedBefore() {
        start("/id", 3).groupBegin().records("1", "2").disconnect();
        job.runUntilSubscribed(2).groupBegin().records("0", "1", "2", "3");
        job.runUntilFinished(orders);

        assertThat(job.emitted(orders)).containsExactly("1", "2", "0");
    }

    @Test
    void aRecordWithoutKeyIsRefused() {
        start().groupBegin().send(TestDelivery.of("x"));

        assertThatThrownBy(() -> job.runUntilFinished(orders))
                .isInstanceOf(AmpsException.class)
                .hasMessageContainingAll("topic 'orders'", "without the key of a record", "(SOW)");
    }
}
