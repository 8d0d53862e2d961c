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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.client.FakeDataPlane.Request;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.silence;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.fresh;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.readTo;
import static org.assertj.core.api.Assertions.assertThat;

/** Reading without failures. */
@Timeout(60)
class RedisStreamsSplitReaderTest {

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    @Test
    void readsAllSplitsInOrderWithOneRequest() {
        job.redis.add("a", "1-0", "2-0", "3-0").add("b", "1-5", "2-5").add("c");
        job.assign(fresh("a"), readTo("b", "1-5", 1), fresh("c"));
        job.runUntilEmitted("a", "3-0");

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0", "3-0");
        assertThat(job.emitted("b")).containsExactly("2-5");
        assertThat(job.emitted("c")).isEmpty();
        assertThat(job.data.requests().get(0).streams()).containsExactly("a@0-0", "b@1-5", "c@0-0");
        assertThat(job.data.requests().get(0).blockMillis()).isPositive();
        assertThat(job.data.connectionsSoFar()).isEqualTo(1);
    }

    @Test
    void asksForWhatFollowsBeforeHandingOn() {
        job.redis.add("a", "1-0");
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");

        assertThat(job.data.requests())
                .extracting(Request::streams)
                .containsExactly(List.of("a@0-0"), List.of("a@1-0"));
    }

    @Test
    void checksPositionsBeforeTheFirstRead() {
        job.redis.add("a", "1-0");
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");

        List<String> calls = List.copyOf(job.redis.calls());
        assertThat(calls.indexOf("streamInfo a"))
                .isBetween(0, calls.indexOf("connect " + FakeRedisStreamsClient.MASTER));
    }

    @Test
    void aPausedSplitIsNotAskedForUntilItIsResumed() {
        job.redis.add("a", "1-0").add("b", "1-0");
        job.assign(fresh("a"), fresh("b"));
        job.reader().pauseOrResumeSplits(List.of(fresh("b")), List.of());
        job.runRequests(5);
        assertThat(job.data.keysAskedSince(0)).containsExactly("a");
        assertThat(job.emitted("b")).isEmpty();

        job.reader().pauseOrResumeSplits(List.of(), List.of(fresh("b")));
        job.runUntilEmitted("b", "1-0");
        assertThat(job.emitted("a")).containsExactly("1-0");
    }

    @Test
    void pausingAndResumingSplitsThatHaveFinishedIsIgnored() {
        job.redis.add("a", "1-0").add("b", "1-0");
        job.assign(ReaderFixture.bounded(fresh("a"), "1-0", false), fresh("b"));
        job.runUntil(() -> job.finished().contains("a"));
        job.reader().pauseOrResumeSplits(List.of(fresh("a")), List.of());
        job.reader().pauseOrResumeSplits(List.of(), List.of(fresh("a")));
        job.redis.add("b", "2-0");
        job.runUntilEmitted("b", "2-0");

        assertThat(job.finished()).containsExactly("a");
    }

    @Test
    void aSplitTakenAwayFinishesAndItsReplyIsForgotten() {
        job.redis.add("a").add("b");
        job.data.next(silence());
        job.assign(fresh("a"), fresh("b"));
        job.runRequests(1);
        job.redis.add("a", "1-0").add("b", "1-0");
        job.remove(fresh("a"));
        job.runUntilEmitted("b", "1-0");

        assertThat(job.finished()).containsExactly("a");
        assertThat(job.emitted("a")).isEmpty();
        job.remove(fresh("a"));
        job.runRequests(2);
        assertThat(job.finished()).containsExactly("a");
    }

    @Test
    void aSplitThatComesBackIsNotFedByTheReplyToItsPredecessor() {
        job.redis.add("a");
        job.data.next(silence());
        job.assign(fresh("a"));
        job.runRequests(1);
        job.redis.add("a", "1-0");
        job.remove(fresh("a"));
        job.runUntil(() -> job.finished().contains("a"));
        job.assign(readTo("a", "1-0", 1));
        job.redis.add("a", "2-0");
        job.runUntilEmitted("a", "2-0");

        assertThat(job.emitted("a")).containsExactly("2-0");
    }

    @Test
    void aSplitAddedDuringAReadIsPartOfTheNextRequest() {
        job.redis.add("a").add("b", "1-0");
        job.data.next(silence());
        job.assign(fresh("a"));
        job.runRequests(1);
        job.assign(fresh("b"));
        job.settleUntil(() -> job.calls("streamInfo b") == 1);
        job.settleControl();
        assertThat(job.data.requests()).hasSize(1);
        job.runUntilEmitted("b", "1-0");

        assertThat(job.data.requests().get(0).streams()).containsExactly("a@0-0");
        assertThat(job.data.requests().get(1).streams()).containsExactly("a@0-0", "b@0-0");
        assertThat(job.data.connectionsSoFar()).isEqualTo(1);
    }

    @Test
    void aWakeUpEndsAFetchThatWaitsForReplies() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        job.redis.add("a");
        job.assign(fresh("a"));
        job.data.afterPoll(waiting::countDown);
        CompletableFuture<RecordsWithSplitIds<StreamEntryCursor>> fetch =
                CompletableFuture.supplyAsync(job.reader()::fetch);
        waiting.await();
        assertThat(fetch).isNotDone();
        job.reader().wakeUp();

        RecordsWithSplitIds<StreamEntryCursor> batch = fetch.get(50, TimeUnit.SECONDS);
        assertThat(batch.nextSplit()).isNull();
        assertThat(batch.finishedSplits()).isEmpty();
    }

    @Test
    void aWakeUpEndsAFetchWithNothingToWaitFor() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch inspecting = new CountDownLatch(1);
        job.redis
                .add("a")
                .beforeCall(
                        () -> {
                            inspecting.countDown();
                            await(stuck);
                        });
        job.assign(fresh("a"));
        CompletableFuture<RecordsWithSplitIds<StreamEntryCursor>> fetch =
                CompletableFuture.supplyAsync(job.reader()::fetch);
        inspecting.await();
        assertThat(fetch).isNotDone();
        job.reader().wakeUp();

        assertThat(fetch.get(50, TimeUnit.SECONDS).nextSplit()).isNull();
        stuck.countDown();
    }

    @Test
    void closesWhileTheControlThreadIsBlocked() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        job.redis
                .add("a")
                .beforeCall(
                        () -> {
                            blocked.countDown();
                            await(never);
                            released.countDown();
                        });
        job.assign(fresh("a"));
        job.reader().wakeUp();
        job.reader().fetch();
        blocked.await();
        job.close();

        released.await();
        assertThat(job.redis.isClosed()).isTrue();
        assertThat(job.client().control().awaitEnd(Duration.ofMinutes(1))).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aConnectionThatComesAboutAfterCloseIsClosed() {
        job.redis.add("a");
        job.assign(fresh("a"));
        job.settleUntil(() -> job.data.connectionsSoFar() == 1);
        job.reader().close();
        // The results of the predecessor are collected by the next reader of the same client.
        job.client().control().submit(() -> 0, (result, failure) -> {});
        job.settleUntil(() -> job.data.open().isEmpty());
    }

    @Test
    void pendingEntriesAreKnownOnceTheServerWasAsked() {
        job.checkInterval = Duration.ofMillis(1);
        job.redis.add("a", "1-0", "2-0", "3-0", "4-0").add("b", "1-0", "2-0");
        job.assign(readTo("a", "1-0", 1), readTo("b", "1-0", 1));
        job.reader().pauseOrResumeSplits(List.of(fresh("a"), fresh("b")), List.of());
        assertThat(job.pending.sum()).isEqualTo(PendingCount.UNKNOWN);
        job.settleUntil(() -> job.pending.sum() == 4);

        job.reader().pauseOrResumeSplits(List.of(), List.of(fresh("b")));
        job.runUntilEmitted("b", "2-0");
        assertThat(job.pending.sum()).isEqualTo(3);
        job.redis.add("a", "5-0");
        job.settleUntil(() -> job.pending.sum() == 4);
        job.remove(fresh("a"));
        job.settleUntil(() -> job.pending.sum() == 0);
    }

    @Test
    void pendingEntriesStayUnknownWhereTheServerDoesNotCount() {
        try (ReaderFixture old = new ReaderFixture(FakeRedisStreamsClient.beforeSeven())) {
            old.redis.add("a", "1-0", "2-0", "3-0");
            old.maxEntries = 1;
            old.assign(readTo("a", "1-0", -1));
            old.runUntilEmitted("a", "2-0");
            assertThat(old.pending.sum()).isEqualTo(PendingCount.UNKNOWN);
            old.runUntilEmitted("a", "3-0");
            assertThat(old.pending.sum()).as("at the last entry observed").isZero();
        }
    }

    @Test
    void aReplyTooLargeForOneBatchIsHandedOnInParts() {
        job.multiKeyReads = false;
        job.targetBytes = 1024;
        job.data.entryBytes(1024);
        job.redis.add("a", "1-0", "2-0").add("b", "1-0", "2-0").add("c", "1-0", "2-0");
        job.assign(fresh("a"), fresh("b"), fresh("c"));
        for (String key : List.of("a", "b", "c")) {
            job.runUntilEmitted(key, "2-0");
            assertThat(job.emitted(key)).containsExactly("1-0", "2-0");
        }
    }
}
