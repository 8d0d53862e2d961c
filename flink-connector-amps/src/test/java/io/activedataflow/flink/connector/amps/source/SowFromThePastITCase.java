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
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import static io.activedataflow.flink.connector.amps.source.SowRecords.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

/** The state of the world as it was at some time, and every update since, each of them once. */
@Timeout(300)
class SowFromThePastITCase {

    private static final int RECORDS = 40;
    private static final Instant BEGINNING = Instant.parse("2026-01-02T03:00:00Z");

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(1);
    @RegisterExtension final TestJobs jobs = new TestJobs();
    @TempDir Path directory;

    private final AtomicLong clock = new AtomicLong();
    private final AmpsStandIn server =
            AmpsStandIn.builder()
                    .clock(clock::incrementAndGet)
                    .sow(
                            SowTopic.keyed(TOPIC, "/id")
                                    .remembering(Duration.ofDays(1), Duration.ofSeconds(1)))
                    .start();

    /** By ID. */
    private final List<String> keys = new ArrayList<>();

    private AmpsBookmark inMinuteOne;

    @BeforeEach
    void publish() {
        setMinute(0);
        for (int id = 0; id < RECORDS; id++) {
            publish(id, 0);
            keys.add(newestKey());
        }
        setMinute(1);
        inMinuteOne = AmpsBookmark.parse(publish(3, 1).bookmark());
        setMinute(2);
        publish(0, 2);
        publish(1, 1);
        publish(1, 2);
        server.sow().delete(TOPIC, keys.get(2));
        setMinute(3);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asOfATime() throws Exception {
        readOnFrom(
                source(AmpsStartPosition.timestamp(minute(1))), counts(Map.of(0, 2, 1, 3, 3, 2)));
    }

    /**
     * Only within the granularity of the history: the update at the bookmark itself comes again.
     */
    @Test
    void asOfABookmark() throws Exception {
        readOnFrom(source(AmpsStartPosition.after(inMinuteOne)), counts(Map.of(0, 2, 1, 3, 3, 2)));
    }

    @Test
    void asOfALaterTime() throws Exception {
        readOnFrom(
                source(AmpsStartPosition.timestamp(minute(1).plusSeconds(1))),
                counts(Map.of(0, 2, 1, 3)));
    }

    /** A start in the past requires the log of all topics that match. */
    @Test
    void ofAPattern() throws Exception {
        readOnFrom(
                source(AmpsStartPosition.timestamp(minute(1))).setTopicPattern("ord.*"),
                counts(Map.of(0, 2, 1, 3, 3, 2)));
    }

    @Test
    void ofAQueryThatBreaksOff() throws Exception {
        server.faults().sow().cutBehindGroupEnd(2);
        Map<String, Integer> counts = counts(Map.of(0, 2, 1, 3, 3, 2));
        counts.replaceAll((key, count) -> count + 2);
        readOnFrom(source(AmpsStartPosition.timestamp(minute(1))), counts);
    }

    private AmpsSourceBuilder<Tuple3<String, String, String>> source(AmpsStartPosition start) {
        return SowRecords.source(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE, server)
                .setBatchSize(7)
                .setStartPosition(start);
    }

    /** Reads the past, and goes on by bookmark after a lost connection and a restore. */
    private void readOnFrom(
            AmpsSourceBuilder<Tuple3<String, String, String>> source, Map<String, Integer> counts)
            throws Exception {
        SowJob job = new SowJob(jobs, source);
        JobClient first = job.start();
        awaitRead(job, counts);
        assertThat(job.view().bodies())
                .containsEntry(keys.get(0), body(0, 2))
                .containsEntry(keys.get(1), body(1, 2))
                .as("a deletion is not in the log")
                .containsEntry(keys.get(2), body(2, 0))
                .containsEntry(keys.get(3), body(3, 1));

        server.stop();
        publish(4, 1);
        server.start();
        counts.merge(keys.get(4), 1, Integer::sum);
        awaitRead(job, counts);

        String savepoint = TestJobs.stop(first, directory);
        publish(5, 1);
        SowJob second = job.restoredFrom(savepoint);
        second.start();
        counts.merge(keys.get(5), 1, Integer::sum);
        awaitRead(second, counts);
        publish(6, 1);
        counts.merge(keys.get(6), 1, Integer::sum);
        awaitRead(second, counts);
        assertThat(second.view().reasons()).isEmpty();
    }

    private static void awaitRead(SowJob job, Map<String, Integer> counts) {
        Await.until(
                "each record as often as expected",
                SequenceLedger.PATIENCE,
                () -> job.view().counts().equals(counts),
                () -> job.view().counts().toString());
    }

    /** Once each but for these, by ID. */
    private Map<String, Integer> counts(Map<Integer, Integer> moreOften) {
        Map<String, Integer> counts = new TreeMap<>();
        keys.forEach(key -> counts.put(key, 1));
        moreOften.forEach((id, count) -> counts.put(keys.get(id), count));
        return counts;
    }

    private void setMinute(int minute) {
        clock.set(minute(minute).getEpochSecond() * 1_000_000);
    }

    private static Instant minute(int minute) {
        return BEGINNING.plus(Duration.ofMinutes(minute));
    }

    private LogEntry publish(int id, int version) {
        return server.publish(TOPIC, body(id, version));
    }

    private static String body(int id, int version) {
        return "{\"id\":" + id + ",\"v\":" + version + '}';
    }

    private String newestKey() {
        List<String> all = List.copyOf(server.sow().contents(TOPIC).keySet());
        return all.get(all.size() - 1);
    }
}
