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

import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;
import io.activedataflow.flink.connector.redis.client.FakeDataPlane.Request;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException.Kind;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.after;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.answer;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.error;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.lost;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.lostHalfway;
import static io.activedataflow.flink.connector.redis.client.FakeDataPlane.silence;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.fresh;
import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.readTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a reader does when servers and connections fail. */
@Timeout(60)
class SplitReaderFailureTest {

    private static final RedisNode MASTER = FakeRedisStreamsClient.MASTER;
    private static final RedisNode OTHER = new RedisNode("other", 6380);
    private static final RedisStreamsException DOWN =
            new RedisStreamsException(Kind.RETRIABLE, "No connection.", null);

    private final ReaderFixture job = new ReaderFixture();

    @AfterEach
    void close() {
        job.close();
    }

    // ------------------------------------------------------------------------ lost connections

    @Test
    void theReplyOfALostConnectionIsReadAgain() {
        job.redis.add("a", "1-0", "2-0").add("b", "1-0");
        job.data.next(lostHalfway());
        job.assign(fresh("a"), fresh("b"));
        job.runUntilEmitted("b", "1-0");

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
        assertThat(job.emitted("b")).containsExactly("1-0");
        assertThat(job.data.requests().get(1).streams()).contains("a@0-0");
        assertThat(job.metric(RedisStreamsMetric.RECONNECTS)).isEqualTo(1);
        assertThat(job.metric(RedisStreamsMetric.RETRIED_ERRORS)).isEqualTo(1);
    }

    @Test
    void repliesThatWereWholeButNotHandedOnAreReadAgainOnce() {
        job.multiKeyReads = false;
        job.redis.add("a", "1-0", "2-0").add("b", "1-0", "2-0");
        job.data.next(answer(), lost());
        job.assign(fresh("a"), fresh("b"));
        job.runUntilEmitted("a", "2-0");
        job.runUntilEmitted("b", "2-0");
        job.runRequests(4);

        assertThat(job.data.requests())
                .flatExtracting(Request::streams)
                .filteredOn(stream -> stream.endsWith("@0-0"))
                .containsExactlyInAnyOrder("a@0-0", "b@0-0", "a@0-0", "b@0-0");
        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
        assertThat(job.emitted("b")).containsExactly("1-0", "2-0");
    }

    @Test
    void entriesHandedOnBeforeTheNextRequestFailedAreNotReadAgain() {
        job.redis.add("a", "1-0", "2-0");
        job.data.next(
                after(() -> job.data.open().forEach(c -> job.data.afterPoll(c::close)), answer()));
        job.assign(fresh("a"));
        job.reader().fetch().recycle();
        job.redis.add("a", "3-0");
        job.runUntilEmitted("a", "3-0");

        assertThat(job.emitted("a")).containsExactly("3-0");
    }

    @Test
    void positionsAreCheckedBeforeReadingGoesOn() {
        job.redis.add("a", "1-0");
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");
        int before = job.redis.calls().size();
        job.data.next(lost());
        int requests = job.data.requests().size();
        job.runUntil(() -> job.data.requests().size() > requests);

        List<String> since = job.redis.calls().subList(before, job.redis.calls().size());
        assertThat(since).containsSubsequence("streamInfo a", "connect " + MASTER);
        assertThat(since).as("whether the bookmark is still there").contains("entryExists a 1-0");
    }

    @Test
    void aNodeThatIsSilentForTooLongIsLost() {
        job.commandTimeout = Duration.ofNanos(1);
        job.redis.add("a", "1-0");
        // Silence counts from the end of the time that the server may block.
        job.multiKeyReads = false;
        job.data.next(silence());
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");

        assertThat(job.emitted("a")).containsExactly("1-0");
        assertThat(job.data.connectionsSoFar()).isEqualTo(2);
    }

    @Test
    void anAnswerFromBeforeTheConnectionWasLostIsNoCheck() {
        job.checkInterval = Duration.ofMillis(1);
        job.redis.add("a", "1-0", "2-0").add("b");
        job.assign(readTo("a", "1-0", 1));
        job.runUntilEmitted("a", "2-0");
        // The connection is lost while the server is asked, and the bookmark with it.
        CountDownLatch connectionLost = new CountDownLatch(1);
        job.redis.beforeCall(
                () -> {
                    if (job.redis.calls().get(job.redis.calls().size() - 1).equals("locate a")) {
                        job.redis.beforeCall(() -> {});
                        job.data.next(after(connectionLost::countDown, lost()));
                        await(connectionLost);
                        job.redis.forgetEntry("a", "2-0").add("a", "3-0");
                    }
                });

        assertThatThrownBy(() -> job.runUntilEmitted("a", "3-0"))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContaining("before and after the bookmark but not the bookmark itself");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ------------------------------------------------------------------------ retries

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "MASTERDOWN Link with MASTER is down",
                "CLUSTERDOWN The cluster is down",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "UNBLOCKED client unblocked via CLIENT UNBLOCK",
                "BUSY Redis is busy running a script"
            })
    void passingErrorsAreRetriedOnTheSameConnection(String reply) {
        job.redis.add("a", "1-0");
        job.data.next(error(reply), error(reply));
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");

        assertThat(job.emitted("a")).containsExactly("1-0");
        assertThat(job.data.connectionsSoFar()).isEqualTo(1);
        assertThat(job.metric(RedisStreamsMetric.RETRIED_ERRORS)).isEqualTo(2);
        assertThat(job.metric(RedisStreamsMetric.RECONNECTS)).isZero();
    }

    @Test
    void nothingIsSentDuringThePauseAfterAnError() {
        job.backoff = Duration.ofHours(1);
        job.redis.add("a", "1-0").add("b", "1-0");
        job.multiKeyReads = false;
        job.data.next(error("LOADING"));
        job.assign(fresh("a"), fresh("b"));
        job.runUntilEmitted("b", "1-0");
        job.runRequests(3);

        assertThat(job.data.keysAskedSince(2)).containsExactly("b");
        assertThat(job.calls("streamInfo a")).isEqualTo(1);
    }

    @Test
    void fatalErrorsFailAtOnce() {
        job.redis.add("a", "1-0").add("b", "1-0");
        job.data.next(error("NOPERM this user has no permissions"));
        job.assign(fresh("a"), fresh("b"));

        assertThatThrownBy(() -> job.runUntilEmitted("a", "1-0"))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContainingAll("fake:6379", "XREAD", "a, b", "NOPERM", "ACL SETUSER");
        assertThat(job.data.requests()).hasSize(1);
    }

    @Test
    void aFatalInspectionFailsAtOnce() {
        job.redis
                .add("a", "1-0")
                .failAll(
                        "streamInfo a",
                        new RedisStreamsException(Kind.FATAL, "WRONGTYPE of 'a'", null));
        job.assign(fresh("a"));

        assertThatThrownBy(() -> job.runUntilEmitted("a", "1-0")).hasMessage("WRONGTYPE of 'a'");
    }

    @Test
    void anErrorInTheClientEndsTheJobInsteadOfStallingIt() {
        job.redis
                .add("a", "1-0")
                .beforeCall(
                        () -> {
                            throw new NoClassDefFoundError("some/Provider");
                        });
        job.assign(fresh("a"));

        assertThatThrownBy(() -> job.runUntilEmitted("a", "1-0"))
                .isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void afterTheDeadlineTheJobFailsWithAllThereIsToKnow() {
        job.deadline = Duration.ofNanos(1);
        job.redis.add("a", "7-3").failAll("connect " + MASTER, DOWN);
        job.assign(readTo("a", "7-3", 1));

        assertThatThrownBy(() -> job.runUntil(() -> false))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContainingAll(
                        "Stream 'a'",
                        "after 7-3",
                        "(2 attempts)",
                        "'retry.deadline'",
                        "Last reason: No connection.")
                .hasCause(DOWN)
                .satisfies(e -> assertThat(((RedisStreamsException) e).isRetriable()).isFalse());
    }

    @Test
    void theIncidentOfASplitPausedMeanwhileDoesNotGoOn() {
        job.deadline = Duration.ofNanos(1);
        job.redis.add("a", "1-0");
        job.data.next(lost());
        job.assign(fresh("a"));
        job.runUntil(() -> job.metric(RedisStreamsMetric.RETRIED_ERRORS) == 1);
        job.reader().pauseOrResumeSplits(List.of(fresh("a")), List.of());
        job.settleUntil(() -> job.calls("streamInfo a") == 2);
        job.settleControl();
        job.reader().pauseOrResumeSplits(List.of(), List.of(fresh("a")));
        job.data.next(lost());
        job.runUntilEmitted("a", "1-0");

        assertThat(job.metric(RedisStreamsMetric.RETRIED_ERRORS)).isEqualTo(2);
    }

    // ------------------------------------------------------------------------ redirects

    @Test
    void aStreamThatHasMovedIsLocatedAndReadThere() {
        job.multiKeyReads = false;
        job.redis.add("a", "1-0");
        job.data.next(after(() -> job.redis.moveTo(OTHER, OTHER), error("MOVED 1 other:6380")));
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");

        assertThat(job.data.requests())
                .extracting(Request::node)
                .startsWith(MASTER, OTHER)
                .containsOnlyOnce(MASTER);
        assertThat(job.redis.calls())
                .containsSubsequence(
                        "refreshTopology",
                        "streamInfo a",
                        "refreshTopology",
                        "streamInfo a",
                        "connect " + OTHER);
        assertThat(job.metric(RedisStreamsMetric.REDIRECTS)).isEqualTo(1);
    }

    @Test
    void aSlotBeingMigratedIsAskedForOnce() {
        job.multiKeyReads = false;
        job.maxEntries = 1;
        job.redis.add("a", "1-0", "2-0");
        job.data.next(error("ASK 1 other:6380"));
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "2-0");

        List<Request> requests = job.data.requests();
        assertThat(requests.subList(0, 3))
                .extracting(Request::node)
                .containsExactly(MASTER, OTHER, MASTER);
        assertThat(requests.subList(0, 3))
                .extracting(Request::asking)
                .containsExactly(false, true, false);
        assertThat(job.emitted("a")).containsExactly("1-0", "2-0");
        assertThat(job.calls("streamInfo a")).as("no reconnect, no check").isEqualTo(1);
    }

    @Test
    void aDeadNodeDoesNotHoldUpTheOthers() {
        job.multiKeyReads = false;
        job.redis.add("a", "1-0").add("b", "1-0");
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");
        job.redis.moveTo(OTHER, OTHER);
        job.assign(fresh("b"));
        job.runUntilEmitted("b", "1-0");
        job.data.kill(OTHER);
        job.redis.failAll("locate b", DOWN).moveTo(MASTER, MASTER).add("a", "2-0");
        job.runUntil(() -> job.metric(RedisStreamsMetric.RETRIED_ERRORS) > 2);
        job.redis.add("a", "3-0");
        job.runUntilEmitted("a", "3-0");

        assertThat(job.emitted("a")).containsExactly("1-0", "2-0", "3-0");
    }

    // ------------------------------------------------------------------------ credentials

    @Test
    void rotatedCredentialsReachOpenConnections() {
        RedisStreamsCredentials first = new RedisStreamsCredentials("u", "1");
        RedisStreamsCredentials second = new RedisStreamsCredentials("u", "2");
        job.checkInterval = Duration.ofMillis(1);
        job.redis.rotateTo(first).add("a", "1-0");
        job.assign(fresh("a"));
        job.runUntilEmitted("a", "1-0");
        assertThat(job.data.open().get(0).credentials()).isEmpty();
        job.redis.rotateTo(second);
        job.runUntil(() -> !job.data.open().get(0).credentials().isEmpty());
        long asked = job.calls("currentCredentials");
        job.runUntil(() -> job.calls("currentCredentials") > asked + 2);

        assertThat(job.data.connectionsSoFar()).isEqualTo(1);
        assertThat(job.data.open().get(0).credentials()).containsExactly(second);
    }

    @Test
    void aProviderThatFailsDisturbsNobody() {
        job.checkInterval = Duration.ofMillis(1);
        job.redis
                .add("a", "1-0")
                .failAll(
                        "currentCredentials",
                        new RedisStreamsException(Kind.FATAL, "Vault is sealed.", null));
        job.assign(fresh("a"));
        job.runUntil(() -> job.calls("currentCredentials") > 3);
        job.redis.add("a", "2-0");
        job.runUntilEmitted("a", "2-0");

        assertThat(job.data.connectionsSoFar()).isEqualTo(1);
        assertThat(job.metric(RedisStreamsMetric.RETRIED_ERRORS)).isZero();
    }
}
