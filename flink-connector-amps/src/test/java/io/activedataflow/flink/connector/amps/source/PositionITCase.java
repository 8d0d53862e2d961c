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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.SequenceLedger.Break;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Where reading starts, and where it goes on. */
@Timeout(300)
class PositionITCase {

    private static final String KEY = "alice";
    private static final String OTHER_KEY = "bob";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();
    @TempDir Path directory;

    /** Nothing was read that could be a position; also where nothing was in the log. */
    @ParameterizedTest
    @ValueSource(longs = {0, 100})
    void latestWithARestoreBeforeTheFirstMessage(long before) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, before);
            JobClient job = jobs.job(latest(server)).start();
            awaitSubscription(server);
            String savepoint = TestJobs.stop(job, directory);
            NumberedMessages.publish(server, KEY, before, before + 50);

            jobs.job(latest(server)).restoreFrom(savepoint).start();
            jobs.ledger().awaitCount(KEY, before + 50);
            assertOnlyBeforeIsLeftOut(before);
        }
    }

    /** The connection is lost instead of the job. */
    @ParameterizedTest
    @ValueSource(longs = {0, 100})
    void latestWithAReconnectBeforeTheFirstMessage(long before) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, before);
            jobs.job(latest(server)).start();
            awaitSubscription(server);
            server.stop();
            NumberedMessages.publish(server, KEY, before, before + 50);
            server.start();
            jobs.ledger().awaitCount(KEY, before + 50);
            assertOnlyBeforeIsLeftOut(before);
        }
    }

    /** What is published between the question for the end of the log and the subscription. */
    @Test
    void latestIsFixedBeforeTheSubscription() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 100);
            // The enumerator's question is the first subscription, the reader's the second.
            jobs.job(latest(server)).start();
            awaitSubscription(server);
            assertThat(server.subscriptions().get(0).bookmark()).isEqualTo(bookmark(KEY, 100));
        }
    }

    private void assertOnlyBeforeIsLeftOut(long before) {
        assertThat(jobs.ledger().breaks())
                .isEqualTo(before == 0 ? Set.of() : Set.of(new Break(KEY, 0, before)));
        assertThat(jobs.ledger().countOf(KEY)).isEqualTo(before + 50);
    }

    @Test
    void startsAtATimeABookmarkOrAList() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().build()) {
            // One message each second from the hour on, of both keys in turn.
            Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minusSeconds(3600);
            try (AmpsStandIn origin = AmpsStandIn.builder().build()) {
                for (int i = 0; i < 50; i++) {
                    replicate(server, publish(origin, KEY, i), hour.plusSeconds(2L * i));
                    replicate(server, publish(origin, OTHER_KEY, i), hour.plusSeconds(2L * i + 1));
                }
            }
            server.start();
            assertThat(readFrom(server, AmpsStartPosition.earliest()))
                    .isEqualTo(numbers(0, 50, 0, 50));
            assertThat(readFrom(server, AmpsStartPosition.timestamp(hour.plusSeconds(41))))
                    .isEqualTo(numbers(21, 50, 20, 50));
            assertThat(readFrom(server, AmpsStartPosition.after(at(KEY, 10))))
                    .as("the sequence is the number plus one")
                    .isEqualTo(numbers(10, 50, 9, 50));
            assertThat(
                            readFrom(
                                    server,
                                    AmpsStartPosition.after(
                                            List.of(
                                                    at(KEY, 30),
                                                    at(OTHER_KEY, 20),
                                                    at("nobody", 1)))))
                    .as("the earliest of those that are in the log counts")
                    .isEqualTo(numbers(20, 50, 20, 50));
            assertThat(readFrom(server, AmpsStartPosition.latest())).isEmpty();
        }
    }

    /** Nothing matches for longer than the log is retained, so only acknowledgements move it. */
    @Test
    void aNarrowFilterThatIsIdleForLongerThanTheLogIsRetained() throws Exception {
        try (AmpsStandIn server =
                AmpsStandIn.builder().persistedAckInterval(Duration.ofMillis(20)).start()) {
            NumberedMessages.publish(server, KEY, 0, 10);
            JobClient job =
                    jobs.job(onlyTheKey(server))
                            .checkpointEvery(Duration.ofMillis(50))
                            .retainCheckpoints(directory)
                            .start();
            jobs.ledger().awaitCount(KEY, 10);
            long acknowledged =
                    NumberedMessages.publish(server, OTHER_KEY, 0, 500).get(499).position();
            awaitCheckpointWith(at(OTHER_KEY, 500));
            String savepoint = TestJobs.stop(job, directory);
            NumberedMessages.publish(server, OTHER_KEY, 500, 600);
            NumberedMessages.publish(server, KEY, 10, 20);
            server.pruneBefore(acknowledged);

            jobs.job(onlyTheKey(server)).restoreFrom(savepoint).start();
            jobs.ledger().awaitCount(KEY, 20);
            assertThat(jobs.ledger().breaks()).isEmpty();
            assertThat(jobs.ledger().countOf(OTHER_KEY)).isZero();
        }
    }

    /** Nothing has ever matched; the acknowledged position means nothing in the other's log. */
    @Test
    void failoverOfANarrowFilterThatHasNeverMatched() throws Exception {
        try (AmpsStandIn first =
                        AmpsStandIn.builder().persistedAckInterval(Duration.ofMillis(20)).start();
                AmpsStandIn second = AmpsStandIn.builder().start()) {
            List<LogEntry> others = NumberedMessages.publish(first, OTHER_KEY, 0, 100);
            jobs.job(onlyTheKey(first, second))
                    .checkpointEvery(Duration.ofMillis(50))
                    .retainCheckpoints(directory)
                    .start();
            awaitCheckpointWith(at(OTHER_KEY, 100));

            others.subList(0, 50).forEach(second::replicate);
            NumberedMessages.publish(second, KEY, 0, 10);
            others.subList(50, 100).forEach(second::replicate);
            first.stop();
            jobs.ledger().awaitCount(KEY, 10);
            assertThat(jobs.ledger().breaks()).isEmpty();
        }
    }

    @Test
    void positionsByHand() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            NumberedMessages.publish(server, KEY, 0, 100);
            JobClient job = jobs.job(NumberedMessages.source(server)).start();
            jobs.ledger().awaitCount(KEY, 100);
            String savepoint = TestJobs.stop(job, directory);

            job = jobs.job(by(server, at(KEY, 40))).restoreFrom(savepoint).start();
            NumberedMessages.publish(server, KEY, 100, 110);
            jobs.ledger().awaitCount(KEY, 110);
            assertThat(jobs.ledger().breaks())
                    .as("goes back, although all of it was read before")
                    .containsExactly(new Break(KEY, 100, 40));
            savepoint = TestJobs.stop(job, directory);

            job = jobs.job(by(server, at(KEY, 40))).restoreFrom(savepoint).start();
            NumberedMessages.publish(server, KEY, 110, 120);
            jobs.ledger().awaitCount(KEY, 120);
            assertThat(jobs.ledger().breaks()).as("applied once").hasSize(1);
            savepoint = TestJobs.stop(job, directory);

            NumberedMessages.publish(server, KEY, 120, 150);
            jobs.job(by(server, at(KEY, 140))).restoreFrom(savepoint).start();
            jobs.ledger().awaitCount(KEY, 150);
            assertThat(jobs.ledger().breaks())
                    .as("goes ahead")
                    .containsExactlyInAnyOrder(new Break(KEY, 100, 40), new Break(KEY, 120, 140));
        }
    }

    /** Neither a log nor a position: what is published while nobody is connected is lost. */
    @Test
    void liveSubscriptionWithoutALog() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().logged(topic -> false).start()) {
            JobClient job = jobs.job(live(server)).checkpointEvery(Duration.ofMillis(50)).start();
            awaitSubscription(server);
            NumberedMessages.publish(server, KEY, 0, 10);
            jobs.ledger().awaitCount(KEY, 10);
            assertThat(jobs.ledger().breaks()).isEmpty();

            String savepoint = TestJobs.stop(job, directory);
            NumberedMessages.publish(server, KEY, 10, 20);
            jobs.job(live(server)).restoreFrom(savepoint).start();
            awaitSubscription(server);
            NumberedMessages.publish(server, KEY, 20, 30);
            jobs.ledger().awaitCount(KEY, 30);
            server.stop();
            server.start();
            awaitSubscription(server);
            NumberedMessages.publish(server, KEY, 30, 40);
            jobs.ledger().awaitCount(KEY, 40);
            assertThat(jobs.ledger().breaks()).containsExactly(new Break(KEY, 10, 20));
        }
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> latest(AmpsStandIn server) {
        return NumberedMessages.source(server).setStartPosition(AmpsStartPosition.latest());
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> live(AmpsStandIn server) {
        return NumberedMessages.source(server).setSubscriptionKind(AmpsSubscriptionKind.LIVE);
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> onlyTheKey(AmpsStandIn... servers) {
        return NumberedMessages.source(servers).setFilter("/key = '" + KEY + "'");
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> by(
            AmpsStandIn server, AmpsBookmark bookmark) {
        return NumberedMessages.source(server)
                .setPositionOverrides(
                        Map.of(NumberedMessages.TOPIC, AmpsStartPosition.after(bookmark)));
    }

    private static Map<String, List<Long>> readFrom(AmpsStandIn server, AmpsStartPosition start)
            throws Exception {
        return BoundedRun.read(
                NumberedMessages.source(server)
                        .setStartPosition(start)
                        .setBounded(AmpsStopPosition.latestAtStart()));
    }

    private static Map<String, List<Long>> numbers(long from, long to, long from2, long to2) {
        return Map.of(
                KEY, BoundedRun.numbers(KEY, from, to).get(KEY),
                OTHER_KEY, BoundedRun.numbers(OTHER_KEY, from2, to2).get(OTHER_KEY));
    }

    private static LogEntry publish(AmpsStandIn server, String key, long number) {
        return NumberedMessages.publish(server, key, number, number + 1).get(0);
    }

    private static void replicate(AmpsStandIn server, LogEntry entry, Instant time) {
        server.replicate(entry, time.toEpochMilli() * 1000);
    }

    private static AmpsBookmark at(String key, long sequence) {
        return new AmpsBookmark(AmpsStandIn.publisherId(key), sequence);
    }

    private static String bookmark(String key, long sequence) {
        return at(key, sequence).toString();
    }

    /** Waits until the reader has subscribed, and the enumerator is not connected any more. */
    private static void awaitSubscription(AmpsStandIn server) {
        Await.until(
                "a subscription",
                SequenceLedger.PATIENCE,
                () ->
                        server.connectionCount() == 1
                                && server.subscriptions().size() == 1
                                && !"0|1|".equals(server.subscriptions().get(0).bookmark()),
                () -> server.subscriptions().toString());
    }

    /** Waits until a checkpoint holds the position, as the serializer of splits writes it. */
    private void awaitCheckpointWith(AmpsBookmark position) {
        String wanted =
                new String(
                        ByteBuffer.allocate(16)
                                .putLong(position.publisherId())
                                .putLong(position.sequence())
                                .array(),
                        StandardCharsets.ISO_8859_1);
        Await.until(
                "a checkpoint with " + position,
                SequenceLedger.PATIENCE,
                () -> {
                    try (Stream<Path> files = Files.walk(directory)) {
                        for (Path file : files.filter(this::isMetadata).toList()) {
                            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                            if (content.contains(wanted)) {
                                return true;
                            }
                        }
                    }
                    return false;
                });
    }

    private boolean isMetadata(Path file) {
        return file.endsWith("_metadata");
    }
}
