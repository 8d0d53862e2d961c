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

import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.Faults;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static io.activedataflow.flink.connector.amps.source.SowRecords.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

/** What is read of the state of the world and of what follows, put into a map. */
@Timeout(300)
class SowAndSubscribeITCase {

    private static final int KEYS = 60;
    private static final int ROUNDS = 12;
    private static final Duration CHECKPOINTS = Duration.ofMillis(30);

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(4);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    private final AtomicLong clock = new AtomicLong(1_767_322_800_000_000L);
    private final AtomicLong versions = new AtomicLong();
    private final AmpsStandIn server =
            AmpsStandIn.builder()
                    .clock(clock::incrementAndGet)
                    .sow(SowTopic.keyed(TOPIC, "/id"))
                    .start();

    @AfterEach
    void stop() {
        server.close();
    }

    private AmpsSourceBuilder<Tuple3<String, String, String>> source() {
        return SowRecords.source(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE, server).setBatchSize(7);
    }

    private Map<String, String> contents() {
        server.sow().expire();
        return new TreeMap<>(server.sow().contents(TOPIC));
    }

    // ------------------------------------------------------------------------ changes

    private void change(Random random, int changes) {
        for (int i = 0; i < changes; i++) {
            change(random);
        }
    }

    /** One random update, part of an update, deletion, or step of time. */
    private void change(Random random) {
        String id = "{\"id\":" + random.nextInt(KEYS);
        String rest = ",\"v\":" + random.nextInt(10) + ",\"n\":" + versions.incrementAndGet() + '}';
        switch (random.nextInt(8)) {
            case 0 -> deleteAny(random);
            case 1 -> server.sow().publishExpiring(TOPIC, id + rest, 1 + random.nextInt(5));
            case 2 -> server.sow().publishDelta(TOPIC, id + rest);
            case 3 -> clock.addAndGet(500_000);
            default -> server.publish(TOPIC, id + rest);
        }
    }

    private void deleteAny(Random random) {
        Object[] keys = server.sow().contents(TOPIC).keySet().toArray();
        if (keys.length > 0) {
            server.sow().delete(TOPIC, keys[random.nextInt(keys.length)].toString());
        }
    }

    /** Something that ends connections, now or at some point of what comes. */
    private void disturb(Random random) {
        switch (random.nextInt(5)) {
            case 0 -> server.faults().sow().cutAfterRecords(1 + random.nextInt(KEYS));
            case 1 -> server.faults().sow().cutBehindGroupEnd(1);
            case 2 -> server.faults().sow().failCompleted("sow canceled", 1);
            case 3 -> server.faults().dropAfterMessages(1 + random.nextInt(10));
            default -> {
                // Just what follows.
            }
        }
        server.faults().dropConnections();
    }

    // ------------------------------------------------------------------------ each phase

    /** What goes wrong, and how often each of the records comes then. */
    enum Fault {
        NONE(faults -> {}, 1, 1),
        REFUSED(faults -> faults.failSubscribes("sow store failed", 2), 1, 1),
        CUT_IN_THE_MIDDLE(faults -> faults.sow().cutAfterRecords(KEYS / 2), 1, 2),
        CUT_BETWEEN_RECORDS_AND_UPDATES(faults -> faults.sow().cutBehindGroupEnd(2), 3, 3),
        FAILED_AT_THE_END(faults -> faults.sow().failCompleted("sow canceled", 2), 3, 3);

        private final Consumer<Faults> fault;
        private final int least;
        private final int most;

        Fault(Consumer<Faults> fault, int least, int most) {
            this.fault = fault;
            this.least = least;
            this.most = most;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureInAnyPhase(Fault fault) throws Exception {
        SowRecords.publish(server, 0, KEYS);
        fault.fault.accept(server.faults());
        SowJob job = new SowJob(jobs, source().setOutOfFocus(true).setTrackKeys(true));
        job.start();
        job.await("all records", this::contents);
        Await.until(
                "the last attempt",
                SequenceLedger.PATIENCE,
                () -> job.view().counts().values().stream().allMatch(n -> n >= fault.least));

        assertThat(job.view().counts()).hasSize(KEYS);
        assertThat(job.view().counts().values())
                .allMatch(count -> count >= fault.least && count <= fault.most);
        assertThat(job.view().counts().values().stream().mapToInt(Integer::intValue).max())
                .hasValue(fault.most);
        deleteAny(new Random(1));
        job.await("what follows", this::contents);
        server.faults().dropConnections();
        deleteAny(new Random(2));
        server.publish(TOPIC, SowRecords.body(KEYS));
        job.await("what follows a failure while following", this::contents);
        assertThat(job.view().size()).isEqualTo(KEYS - 1);
    }

    // ------------------------------------------------------------------------ tracked keys

    @Test
    void isTheStateOfTheWorldAtEveryQuietPointUnderReconnects() throws Exception {
        SowJob job =
                new SowJob(jobs, source().setOutOfFocus(true).setTrackKeys(true).shardBySowKey(2))
                        .parallelism(2);
        Random random = new Random(7);
        change(random, 100);
        job.start();
        for (int round = 0; round < ROUNDS; round++) {
            job.await("quiet point " + round, this::contents);
            change(random, 20);
            disturb(random);
            change(random, 40);
        }
        job.await("the last quiet point", this::contents);

        assertThat(job.view().reasons())
                .contains("MISSING", "DELETED", "EXPIRED")
                .doesNotContain(AmpsOutOfFocusReason.OTHER.name());
    }

    @Test
    void isTheStateOfTheWorldAtEveryQuietPointWhileTheJobCrashes() throws Exception {
        CrashPlan crashes = new CrashPlan(5, 60);
        SowJob job =
                new SowJob(
                                jobs,
                                source().setFilter("/v < 7")
                                        .setOutOfFocus(true)
                                        .setTrackKeys(true)
                                        .shardBySowKey(2))
                        .parallelism(2)
                        .checkpointEvery(CHECKPOINTS)
                        .restarts(1000)
                        .crashes(jobs.share(crashes));
        Random random = new Random(11);
        change(random, 100);
        job.start();
        for (int round = 0; round < ROUNDS || crashes.done() < 5; round++) {
            job.await("quiet point " + round, this::lessThanSeven);
            change(random, 60);
            if (round % 3 == 0) {
                disturb(random);
            }
        }
        job.await("the last quiet point", this::lessThanSeven);

        // Two subtasks may crash at once.
        assertThat(job.view().restarts()).isGreaterThanOrEqualTo(3);
        assertThat(job.view().reasons()).contains("MATCH");
    }

    private Map<String, String> lessThanSeven() {
        Map<String, String> matching = contents();
        matching.values().removeIf(body -> Integer.parseInt(FlatJson.fields(body).get("v")) >= 7);
        return matching;
    }

    @Test
    void tellsWhatHasGoneBetweenASavepointAndARestoreWithMoreReaders(@TempDir Path directory)
            throws Exception {
        SowJob job =
                new SowJob(jobs, source().setOutOfFocus(true).setTrackKeys(true).shardBySowKey(4));
        Random random = new Random(3);
        change(random, 200);
        JobClient first = job.start();
        job.await("the first quiet point", this::contents);
        String savepoint = TestJobs.stop(first, directory);
        String gone = contents().keySet().iterator().next();
        server.sow().delete(TOPIC, gone);
        SowJob second = job.restoredFrom(savepoint).parallelism(3);
        second.start();
        second.await("the second quiet point", this::contents);

        assertThat(second.view().reasons()).containsOnlyOnce("MISSING");
    }

    // ------------------------------------------------------------------------ a page

    @Test
    void theFirstTenInOrderStayTheFirstTen() throws Exception {
        SowJob job =
                new SowJob(
                        jobs,
                        source().setOrderBy("/n DESC")
                                .setTopN(10)
                                .setOutOfFocus(true)
                                .setTrackKeys(true));
        Random random = new Random(5);
        change(random, 100);
        job.start();
        for (int round = 0; round < 5; round++) {
            job.await("quiet point " + round, this::firstTen);
            change(random, 30);
            disturb(random);
            change(random, 30);
        }
        job.await("the last quiet point", this::firstTen);
    }

    private Map<String, String> firstTen() {
        Map<String, String> first = new TreeMap<>();
        contents().entrySet().stream()
                .sorted((a, b) -> Long.compare(version(b.getValue()), version(a.getValue())))
                .limit(10)
                .forEach(record -> first.put(record.getKey(), record.getValue()));
        return first;
    }

    private static long version(String body) {
        return Long.parseLong(FlatJson.fields(body).get("n"));
    }

    // ------------------------------------------------------------------------ deltas

    @Test
    void partsAlwaysHaveABase() throws Exception {
        SowJob job =
                new SowJob(jobs, source().setDeltas(true).setOutOfFocus(true).setTrackKeys(true))
                        .merging();
        Random random = new Random(13);
        change(random, 100);
        job.start();
        for (int round = 0; round < ROUNDS; round++) {
            job.await("quiet point " + round, this::contents);
            change(random, 20);
            disturb(random);
            change(random, 40);
        }
        job.await("the last quiet point", this::contents);
    }

    // ------------------------------------------------------------------------ by bookmark

    @Test
    void withTheLogEveryUpdateComesOnce(@TempDir Path directory) throws Exception {
        List<String> keys = IntStream.range(0, 4).mapToObj(n -> "key-" + n).toList();
        try (AmpsStandIn logged =
                AmpsStandIn.builder().sow(SowTopic.keyed(NumberedMessages.TOPIC, "/key")).start()) {
            AmpsSourceBuilder<Tuple2<String, Long>> source =
                    NumberedMessages.source(logged)
                            .setSubscriptionKind(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE)
                            .shardBySowKey(2);
            JobClient job = jobs.job(source).parallelism(2).checkpointEvery(CHECKPOINTS).start();
            Await.until(
                    "the subscriptions",
                    SequenceLedger.PATIENCE,
                    () -> logged.subscriptions().size() == 2);
            try (NumberWriter writer = NumberWriter.start(logged, keys, Duration.ofMillis(1))) {
                for (int round = 1; round <= 5; round++) {
                    awaitMore(keys);
                    logged.faults().dropConnections();
                }
                awaitMore(keys);
                String savepoint = TestJobs.stop(job, directory);
                jobs.job(source).restoreFrom(savepoint).start();
                awaitMore(keys);
                writer.stop();
                for (String key : keys) {
                    jobs.ledger().awaitCount(key, writer.written(key));
                }
            }
        }
        assertThat(jobs.ledger().breaks()).isEmpty();
    }

    private void awaitMore(List<String> keys) {
        Map<String, Long> goals = new TreeMap<>();
        keys.forEach(key -> goals.put(key, jobs.ledger().countOf(key) + 20));
        goals.forEach(jobs.ledger()::awaitCount);
    }
}
