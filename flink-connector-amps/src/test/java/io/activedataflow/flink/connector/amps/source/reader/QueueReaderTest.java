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

import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.CoveredMessagesEvent;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.LeasesAcknowledgedEvent;
import io.activedataflow.flink.connector.amps.source.split.QueuesOpenEvent;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static io.activedataflow.flink.connector.amps.source.reader.SplitReaderQueueTest.queueSplit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A reader of queues as Flink sees it: what it is restored with, and when it begins. */
@Timeout(60)
class QueueReaderTest {

    private static final BookmarkList SOME = BookmarkList.of(5, 1, 5, 2, 5, 3);
    private static final BookmarkList MORE = BookmarkList.of(6, 1);

    private final FakeServers servers = new FakeServers();
    private final TestingReaderContext context = new TestingReaderContext();
    private final TestingReaderOutput<String> output = new TestingReaderOutput<>();
    private Duration deadline = Duration.ofMinutes(1);
    private AmpsSourceReader<String> reader;

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        assertThat(servers.openConnections()).isEmpty();
    }

    // ------------------------------------------------------------------------ restoring

    @Test
    void acknowledgesWhatItWasRestoredWithBeforeAnythingElse() throws Exception {
        restored(with(queueSplit("jobs", 0, 2), SOME), with(queueSplit("jobs", 1, 2), MORE));
        pollUntil(() -> events().size() == 3);

        assertThat(servers.settled())
                .extracting(FakeConnection.Settled::bookmarks)
                .containsExactly("5|1|,5|2|", "5|3|,6|1|");
        assertThat(context.getSentEvents())
                .containsExactly(
                        new RestoredSplitsEvent(List.of("jobs@0/2", "jobs@1/2")),
                        new CoveredMessagesEvent("jobs", BookmarkList.concat(List.of(SOME, MORE))),
                        new LeasesAcknowledgedEvent());
        assertThat(servers.subscriptions()).as("before all others have").isEmpty();
    }

    @Test
    void subscribesWhenTheEnumeratorSaysSo() throws Exception {
        restored(with(queueSplit("jobs", 0, 2), SOME));
        pollUntil(() -> events().size() == 3);
        reader.addSplits(List.of(queueSplit("jobs", 1, 2)));
        assertThat(servers.subscriptions()).isEmpty();
        reader.handleSourceEvents(new QueuesOpenEvent());
        pollUntil(() -> servers.subscriptions().size() == 2);
        reader.handleSourceEvents(new QueuesOpenEvent());

        assertThat(checkpoint())
                .containsExactlyInAnyOrder(
                        with(queueSplit("jobs", 0, 2), SOME), queueSplit("jobs", 1, 2));
    }

    /** The queue may not have acknowledged it, and may deliver it only now. */
    @Test
    void whatWasRestoredStaysInTheStateForAWhile() throws Exception {
        restored(with(queueSplit("jobs", 0, 2), SOME), with(queueSplit("jobs", 0, 3), MORE));
        pollUntil(() -> events().size() == 3);
        for (int id = 1; id < 20; id++) {
            reader.snapshotState(id);
            reader.notifyCheckpointComplete(id);
        }
        reader.handleSourceEvents(new QueuesOpenEvent());
        pollUntil(() -> servers.subscriptions().size() == 1);
        deliver(servers.subscriptions().get(0), "7|1|");
        pollUntil(() -> output.getEmittedRecords().size() == 1);
        for (int id = 20; id < 20 + QueueReader.CHECKPOINTS_TO_REMEMBER; id++) {
            assertThat(reader.snapshotState(id))
                    .contains(with(queueSplit("jobs", 0, 3), MORE))
                    .hasSize(2);
            if (id == 20) {
                assertThat(reader.snapshotState(id))
                        .contains(
                                with(
                                        queueSplit("jobs", 0, 2),
                                        BookmarkList.of(5, 1, 5, 2, 5, 3, 7, 1)));
            }
            reader.notifyCheckpointComplete(id);
        }
        until(() -> servers.settled().stream().anyMatch(s -> s.bookmarks().equals("7|1|")));

        assertThat(reader.snapshotState(99)).containsExactly(queueSplit("jobs", 0, 2));
    }

    @Test
    void aSplitThatWasRestoredTwiceIsReadOnce() throws Exception {
        restored(with(queueSplit("jobs", 0, 2), SOME), with(queueSplit("jobs", 0, 2), MORE));
        pollUntil(() -> events().size() == 3);
        reader.handleSourceEvents(new QueuesOpenEvent());
        pollUntil(() -> servers.subscriptions().size() == 1);

        assertThat(checkpoint())
                .containsExactly(
                        with(queueSplit("jobs", 0, 2), BookmarkList.of(6, 1, 5, 1, 5, 2, 5, 3)));
    }

    /** Otherwise Flink would not call it before there are messages, which there never are. */
    @Test
    void asksToBeCalledWhenItHasAcknowledged() throws Exception {
        servers.a().doesNotAnswerQueues();
        restored(with(queueSplit("jobs", 0, 2), MORE));
        reader.pollNext(output);
        CompletableFuture<Void> available = reader.isAvailable();
        until(() -> servers.settled().size() == 1);
        assertThat(available).isNotDone();
        servers.settled().get(0).answer().onProcessed();
        available.get(20, TimeUnit.SECONDS);
        reader.pollNext(output);

        assertThat(context.getSentEvents()).endsWith(new LeasesAcknowledgedEvent());
        assertThat(reader.isAvailable()).isNotDone();
    }

    @Test
    void withNothingToAcknowledgeItSaysSoAtOnce() throws Exception {
        restored();

        assertThat(context.getSentEvents())
                .containsExactly(new RestoredSplitsEvent(List.of()), new LeasesAcknowledgedEvent());
        assertThat(servers.connections()).isEmpty();
    }

    @Test
    void splitsOfAnotherNumberAreAcknowledgedAndForgotten() throws Exception {
        restored(with(queueSplit("jobs", 2, 3), SOME));
        assertThat(checkpoint()).containsExactly(with(queueSplit("jobs", 2, 3), SOME));
        pollUntil(() -> events().size() == 3);

        assertThat(context.getSentEvents().get(0)).isEqualTo(new RestoredSplitsEvent(List.of()));
        reader.handleSourceEvents(new QueuesOpenEvent());
        assertThat(servers.subscriptions()).isEmpty();
    }

    @Test
    void queuesThatAreNoLongerReadAreAcknowledgedToo() throws Exception {
        restored(with(queueSplit("gone", 0, 2), SOME));
        pollUntil(() -> events().size() == 3);

        assertThat(servers.settled()).allMatch(settled -> settled.queue().equals("gone"));
        assertThat(context.getSentEvents().get(0)).isEqualTo(new RestoredSplitsEvent(List.of()));
    }

    /** One that was taken off the server must not keep the job from going on with the others. */
    @Test
    void aQueueThatIsNoLongerReadMayBeGone() throws Exception {
        servers.a().doesNotAnswerQueues();
        restored(with(queueSplit("gone", 0, 2), SOME));
        pollUntil(() -> servers.settled().size() == 2);
        servers.settled().forEach(s -> s.answer().onRefused(FakeServers.fatal("invalid topic")));
        pollUntil(() -> events().size() == 3);

        assertThat(events()).last().isInstanceOf(LeasesAcknowledgedEvent.class);
    }

    @Test
    void aQueueThatIsReadMustTakeWhatIsAcknowledged() throws Exception {
        servers.a().doesNotAnswerQueues();
        restored(with(queueSplit("jobs", 0, 2), SOME));
        pollUntil(() -> servers.settled().size() == 2);
        servers.settled().forEach(s -> s.answer().onRefused(FakeServers.fatal("invalid topic")));

        assertThatThrownBy(() -> pollUntil(() -> false)).hasMessageContaining("invalid topic");
    }

    @Test
    void aCheckpointBeforeThatHoldsWhatWasRestored() throws Exception {
        servers.a().doesNotAnswerQueues();
        AmpsSplit split = with(queueSplit("jobs", 0, 2), SOME);
        restored(split);
        reader.addSplits(List.of(queueSplit("jobs", 1, 2)));
        pollUntil(() -> servers.settled().size() == 2);
        assertThat(checkpoint()).containsExactlyInAnyOrder(split, queueSplit("jobs", 1, 2));
        servers.settled().forEach(settled -> settled.answer().onProcessed());
        pollUntil(() -> events().size() == 3);

        assertThat(checkpoint()).containsExactlyInAnyOrder(split, queueSplit("jobs", 1, 2));
    }

    @Test
    void triesAgainOnTheNextServer() throws Exception {
        servers.a().isDown(FakeServers.retriable("nothing accepts connections there"));
        restored(with(queueSplit("jobs", 0, 2), SOME));
        pollUntil(() -> events().size() == 3);

        assertThat(servers.settled())
                .allMatch(settled -> settled.connection().server().equals(FakeServers.B));
    }

    @Test
    void failsWhenTheDeadlineHasPassed() throws Exception {
        deadline = Duration.ofMillis(1);
        servers.a().isDown(FakeServers.retriable("down"));
        servers.b().isDown(FakeServers.retriable("down, too"));
        restored(with(queueSplit("jobs", 0, 2), SOME));

        assertThatThrownBy(() -> pollUntil(() -> false))
                .hasMessageContaining("longer than 'retry.deadline' allows");
    }

    @Test
    void failsWhenItIsRefused() throws Exception {
        servers.a().doesNotAnswerQueues();
        restored(with(queueSplit("jobs", 0, 2), MORE));
        pollUntil(() -> servers.settled().size() == 1);
        servers.settled().get(0).answer().onRefused(FakeServers.fatal("not entitled"));

        assertThatThrownBy(() -> pollUntil(() -> false)).hasMessage("not entitled");
    }

    @Test
    void canBeClosedWhileTheServerIsSilent() throws Exception {
        servers.a().isSilent();
        restored(with(queueSplit("jobs", 0, 2), SOME));
        until(() -> servers.connections().size() == 1);
        close();

        assertThat(context.getSentEvents()).hasSize(1);
    }

    // ------------------------------------------------------------------------ running

    @Test
    void acknowledgesWhatACompletedCheckpointCovers() throws Exception {
        FakeSubscription subscription = reading();
        deliver(subscription, "5|1|", "5|2|");
        pollUntil(() -> output.getEmittedRecords().size() == 2);
        assertThat(reader.snapshotState(1))
                .containsExactly(with(queueSplit("jobs", 0, 2), BookmarkList.of(5, 1, 5, 2)));
        deliver(subscription, "5|3|");
        pollUntil(() -> output.getEmittedRecords().size() == 3);
        reader.notifyCheckpointComplete(1);
        until(() -> servers.settled().size() == 1);

        assertThat(servers.settled().get(0).bookmarks()).isEqualTo("5|1|,5|2|");
        assertThat(reader.snapshotState(2))
                .containsExactly(with(queueSplit("jobs", 0, 2), BookmarkList.of(5, 3)));
    }

    /** As after the last savepoint of a job. */
    @Test
    void sendsWhatIsDueBeforeItIsClosed() throws Exception {
        FakeSubscription subscription = reading();
        deliver(subscription, "5|1|");
        pollUntil(() -> output.getEmittedRecords().size() == 1);
        reader.snapshotState(1);
        reader.notifyCheckpointComplete(1);
        close();

        assertThat(servers.settled())
                .extracting(FakeConnection.Settled::bookmarks)
                .containsExactly("5|1|");
    }

    // ------------------------------------------------------------------------ helpers

    private FakeSubscription reading() throws Exception {
        restored();
        reader.handleSourceEvents(new QueuesOpenEvent());
        reader.addSplits(List.of(queueSplit("jobs", 0, 2)));
        pollUntil(() -> servers.subscriptions().size() == 1);
        return servers.subscriptions().get(0);
    }

    private static void deliver(FakeSubscription subscription, String... bookmarks) {
        for (String bookmark : bookmarks) {
            subscription.send(
                    TestDelivery.of(bookmark)
                            .bookmark(bookmark)
                            .timestamp(FakeSubscription.time(1))
                            .leasePeriod("99991231T235959.999999Z"));
        }
    }

    private void restored(AmpsSplit... splits) throws Exception {
        try (ReaderFixture defaults = new ReaderFixture()) {
            defaults.kindOptions = new KindOptions.Queue(10, 2, Duration.ofMinutes(10));
            defaults.deadline = deadline;
            reader =
                    new AmpsSourceReaderFactory<>(
                                    servers,
                                    defaults.options(),
                                    AmpsTopicSelection.topics("jobs"),
                                    AmpsSharding.competing(2),
                                    Map.of(),
                                    AmpsDeserializationSchema.string(),
                                    AmpsMalformedPolicy.fail())
                            .create(context);
        }
        reader.addSplits(List.of(splits));
        reader.start();
    }

    private static AmpsSplit with(AmpsSplit split, BookmarkList leases) {
        return split.withKindState(new KindState.Unacknowledged(leases));
    }

    private List<?> events() {
        return context.getSentEvents();
    }

    private List<AmpsSplit> checkpoint() {
        return reader.snapshotState(1L);
    }

    private void pollUntil(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            requireTime();
            reader.pollNext(output);
            LockSupport.parkNanos(100_000L);
        }
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            requireTime();
            LockSupport.parkNanos(100_000L);
        }
    }

    /** The time-out of a test interrupts it. */
    private static void requireTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("Waited in vain.");
        }
    }
}
