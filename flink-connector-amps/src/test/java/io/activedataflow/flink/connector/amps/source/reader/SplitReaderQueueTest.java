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

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Verb;
import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.CoveredMessagesEvent;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Queues: what is handed on, acknowledged and given back. */
@Timeout(60)
class SplitReaderQueueTest {

    private static final String ENDLESS = "99991231T235959.999999Z";
    private static final String SHORT = "20260102T030405.000000Z";

    private final ReaderFixture job = new ReaderFixture();
    private final AmpsSplit split = queueSplit("jobs", 0, 2);

    @BeforeEach
    void readQueues() {
        job.kindOptions = new KindOptions.Queue(10, 2, Duration.ofMinutes(10));
    }

    @AfterEach
    void close() {
        job.close();
        assertThat(job.servers.openConnections()).isEmpty();
    }

    static AmpsSplit queueSplit(String queue, int index, int count) {
        return new AmpsSplit(
                AmpsTopic.literal(queue),
                count == 1 ? AmpsShard.WHOLE : new AmpsShard(index, count, AmpsShard.COMPETING),
                AmpsSubscriptionKind.QUEUE,
                "0",
                ReplayPosition.NONE,
                null,
                AmpsSplit.UNLIMITED,
                null);
    }

    // ------------------------------------------------------------------------ subscribing

    @Test
    void subscribesWithTheBacklogAndWithoutAFilterOfItsOwn() {
        FakeSubscription subscription = subscribed();

        assertThat(subscription.command().verb()).isEqualTo(Verb.QUEUE_SUBSCRIBE);
        assertThat(subscription.command().topic()).isEqualTo("jobs");
        assertThat(subscription.command().filter()).isNull();
        assertThat(subscription.command().bookmark()).isNull();
        assertThat(subscription.command().options()).containsExactly("timestamp", "max_backlog=10");
        assertThat(split.splitId()).isEqualTo("jobs@0/2");
    }

    // ------------------------------------------------------------------------ acknowledging

    @Test
    void nothingIsAcknowledgedBeforeACheckpointHasCompleted() {
        deliver(subscribed(), "5|1|", "5|2|", "5|3|");
        job.runUntilEmitted(split, "5|3|");
        assertThat(job.servers.settled()).isEmpty();
        assertThat(state()).isEqualTo(BookmarkList.of(5, 1, 5, 2, 5, 3));
        job.checkpoint(1);
        job.runUntil(() -> job.metric(AmpsMetric.QUEUE_ACKNOWLEDGED) == 3);
        job.checkpoint(2);

        assertThat(settled(false)).containsExactly("5|1|,5|2|", "5|3|");
        assertThat(state()).isEqualTo(BookmarkList.EMPTY);
    }

    @Test
    void whatIsNotAnsweredStaysInTheState() {
        job.servers.a().doesNotAnswerQueues();
        deliver(subscribed(), "5|1|");
        job.runUntilEmitted(split, "5|1|");
        job.checkpoint(1);
        job.runUntil(() -> settled(false).size() == 1);
        job.checkpoint(2);

        assertThat(state()).isEqualTo(BookmarkList.of(5, 1));
    }

    @Test
    void messagesWithoutALeasePass() {
        FakeSubscription subscription = subscribed();
        subscription.send(TestDelivery.of("barrier").bookmark("5|1|"));
        deliver(subscription, "5|2|");
        job.runUntilEmitted(split, "5|2|");
        job.checkpoint(1);
        job.runUntil(() -> job.metric(AmpsMetric.QUEUE_ACKNOWLEDGED) == 1);

        assertThat(job.emitted(split)).containsExactly("barrier", "5|2|");
        assertThat(settled(false)).containsExactly("5|2|");
    }

    @Test
    void aRefusalForGoodFailsTheJob() {
        job.servers.a().doesNotAnswerQueues();
        deliver(subscribed(), "5|1|");
        job.runUntilEmitted(split, "5|1|");
        job.checkpoint(1);
        job.runUntil(() -> settled(false).size() == 1);
        job.servers.settled().get(0).answer().onRefused(FakeServers.fatal("not entitled"));

        assertThatThrownBy(() -> job.runUntil(() -> false))
                .isInstanceOf(AmpsException.class)
                .hasMessage("not entitled");
    }

    /** The next checkpoint may be further away than the deadline. */
    @Test
    void whatIsRefusedIsSentAgainWithoutAnotherCheckpoint() {
        job.servers.a().doesNotAnswerQueues();
        deliver(subscribed(), "5|1|");
        job.runUntilEmitted(split, "5|1|");
        job.checkpoint(1);
        job.runUntil(() -> settled(false).size() == 1);
        job.servers.settled().get(0).answer().onRefused(FakeServers.retriable("store failure"));
        job.runUntil(() -> settled(false).size() == 2);
        job.servers.settled().get(1).answer().onProcessed();

        job.runUntil(() -> job.metric(AmpsMetric.QUEUE_ACKNOWLEDGED) == 1);
        assertThat(settled(false)).containsExactly("5|1|", "5|1|");
    }

    @Test
    void aQueueThatNeverTakesAcknowledgementsFailsTheJob() {
        job.deadline = Duration.ofMillis(1);
        job.servers.a().doesNotAnswerQueues();
        deliver(subscribed(), "5|1|");
        job.runUntilEmitted(split, "5|1|");
        job.checkpoint(1);
        job.runUntil(() -> settled(false).size() == 1);
        job.servers.settled().get(0).answer().onRefused(FakeServers.retriable("store failure"));

        assertThatThrownBy(() -> job.runUntil(() -> false))
                .isInstanceOf(AmpsException.class)
                .hasMessageContaining("has not acknowledged messages of queue 'jobs'")
                .hasMessageEndingWith("Last reason: store failure");
    }

    @Test
    void aLeaseWithoutABookmarkIsFatal() {
        subscribed().send(TestDelivery.of("x").bookmark(null).leasePeriod(ENDLESS));

        assertThatThrownBy(() -> job.runUntil(() -> false))
                .isInstanceOf(AmpsException.class)
                .hasMessageContaining("leased but without a bookmark");
    }

    // ------------------------------------------------------------------------ redelivery

    @Test
    void whatComesAgainAfterAReconnectIsDroppedAndAcknowledgedThere() {
        FakeSubscription first = subscribed();
        deliver(first, "5|1|", "5|2|");
        job.runUntilEmitted(split, "5|2|");
        first.disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);
        deliver(second, "5|1|", "5|2|", "5|3|");
        job.runUntilEmitted(split, "5|3|");
        job.checkpoint(1);
        job.runUntil(() -> job.metric(AmpsMetric.QUEUE_ACKNOWLEDGED) == 3);

        assertThat(job.emitted(split)).containsExactly("5|1|", "5|2|", "5|3|");
        assertThat(job.metric(AmpsMetric.QUEUE_REDELIVERED)).isEqualTo(2);
        assertThat(job.servers.settled())
                .allMatch(settled -> settled.connection() == second.connection());
    }

    @Test
    void anAcknowledgementThatWasNotAnsweredIsSentOnTheNextConnection() {
        job.servers.a().doesNotAnswerQueues();
        FakeSubscription first = subscribed();
        deliver(first, "5|1|");
        job.runUntilEmitted(split, "5|1|");
        job.checkpoint(1);
        job.runUntil(() -> settled(false).size() == 1);
        first.disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);
        job.runUntil(() -> settled(false).size() == 2);

        assertThat(job.servers.settled().get(1).connection()).isSameAs(second.connection());
        assertThat(settled(false)).containsExactly("5|1|", "5|1|");
    }

    /** It may have gone back to the queue before it was acknowledged. */
    @Test
    void whatWasAcknowledgedOnALaterConnectionAndComesAgainIsDropped() {
        FakeSubscription first = subscribed();
        deliver(first, "5|1|");
        job.runUntilEmitted(split, "5|1|");
        first.disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);
        job.checkpoint(1);
        job.runUntil(() -> job.metric(AmpsMetric.QUEUE_ACKNOWLEDGED) == 1);
        deliver(second, "5|1|", "5|2|");
        job.runUntilEmitted(split, "5|2|");
        job.runUntil(() -> settled(false).size() == 2);
        job.checkpoint(2);

        assertThat(job.emitted(split)).containsExactly("5|1|", "5|2|");
        assertThat(settled(false)).startsWith("5|1|", "5|1|");
        assertThat(state()).isEqualTo(BookmarkList.of(5, 2));
    }

    /**
     * The queue has had the acknowledgement when nobody had leased the message, has taken no notice
     * of it, and has leased the message then; all of it before it answered.
     */
    @Test
    void whatComesAgainBeforeTheAnswerIsAcknowledgedOnceMore() {
        FakeSubscription first = subscribed();
        deliver(first, "5|1|");
        job.runUntilEmitted(split, "5|1|");
        first.disconnect();
        FakeSubscription second = job.runUntilSubscribed(2);
        job.servers.a().doesNotAnswerQueues();
        job.checkpoint(1);
        job.runUntil(() -> settled(false).size() == 1);
        deliver(second, "5|1|", "5|2|");
        job.runUntilEmitted(split, "5|2|");
        job.servers.settled().get(0).answer().onProcessed();
        job.runUntil(() -> settled(false).size() == 2);

        assertThat(job.emitted(split)).containsExactly("5|1|", "5|2|");
        assertThat(settled(false)).containsExactly("5|1|", "5|1|");
        assertThat(job.servers.settled().get(1).connection()).isSameAs(second.connection());
    }

    @Test
    void whatWasAcknowledgedAfterItsLeaseAndComesAgainIsDropped() {
        FakeSubscription subscription = subscribed();
        subscription.send(TestDelivery.of("5|1|").bookmark("5|1|").leasePeriod(SHORT));
        job.runUntilEmitted(split, "5|1|");
        job.checkpoint(1);
        job.runUntil(() -> job.metric(AmpsMetric.QUEUE_ACKNOWLEDGED) == 1);
        deliver(subscription, "5|1|", "5|2|");
        job.runUntilEmitted(split, "5|2|");

        assertThat(job.emitted(split)).containsExactly("5|1|", "5|2|");
    }

    @Test
    void whatARestoredCheckpointCoversIsDroppedAndAcknowledgedAtOnce() {
        FakeSubscription subscription = subscribed();
        job.context().queues().addCovered(new CoveredMessagesEvent("jobs", BookmarkList.of(5, 1)));
        job.context()
                .queues()
                .addCovered(new CoveredMessagesEvent("others", BookmarkList.of(5, 2)));
        deliver(subscription, "5|1|", "5|2|");
        job.runUntilEmitted(split, "5|2|");
        job.runUntil(() -> settled(false).size() == 1);

        assertThat(job.emitted(split)).containsExactly("5|2|");
        assertThat(settled(false)).containsExactly("5|1|");
        assertThat(state()).isEqualTo(BookmarkList.of(5, 2));
    }

    // ------------------------------------------------------------------------ giving back

    @Test
    void givesBackWhatWasNotEmittedWhenItIsClosed() {
        FakeSubscription subscription = subscribed();
        deliver(subscription, "5|1|");
        job.runUntilEmitted(split, "5|1|");
        job.holdsBack = true;
        deliver(subscription, "5|2|", "5|3|");
        job.runUntilEmitted(split, "5|3|");
        deliver(subscription, "5|4|");
        job.close();

        assertThat(settled(true)).containsExactly("5|2|,5|3|", "5|4|");
        assertThat(settled(false)).isEmpty();
    }

    @Test
    void aQueueThatIsUsedUpWithoutCheckpointsFailsTheJob() {
        job.kindOptions = new KindOptions.Queue(10, 2, Duration.ofNanos(1));
        FakeSubscription subscription = subscribed();
        subscription.handler().onBacklog(1);
        deliver(subscription, "5|1|");

        assertThatThrownBy(() -> job.runUntil(() -> false))
                .isInstanceOf(AmpsException.class)
                .hasMessageStartingWith("Queue 'jobs' has leased 1 messages and leases no more");
    }

    // ------------------------------------------------------------------------ helpers

    private FakeSubscription subscribed() {
        return job.assign(split).runUntilSubscribed(1);
    }

    private static void deliver(FakeSubscription subscription, String... bookmarks) {
        for (String bookmark : bookmarks) {
            subscription.send(TestDelivery.of(bookmark).bookmark(bookmark).leasePeriod(ENDLESS));
        }
    }

    private BookmarkList state() {
        return ((KindState.Unacknowledged) job.state(split).kindState()).bookmarks();
    }

    private List<String> settled(boolean back) {
        return job.servers.settled().stream()
                .filter(settled -> settled.back() == back)
                .map(FakeConnection.Settled::bookmarks)
                .toList();
    }
}
