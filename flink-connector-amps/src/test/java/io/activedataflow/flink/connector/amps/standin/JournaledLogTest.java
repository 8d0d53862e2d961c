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

package io.activedataflow.flink.connector.amps.standin;

import io.activedataflow.flink.connector.amps.standin.journal.Journal;
import io.activedataflow.flink.connector.amps.standin.journal.JournalRecord;
import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What a log knows when it is read from its journal. */
@Timeout(60)
class JournaledLogTest {

    @TempDir private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One life of a server. */
    private void serve(Consumer<AmpsStandIn> use) {
        try (TransactionLog log = TransactionLog.journaled(directory);
                AmpsStandIn server = AmpsStandIn.builder().publisherId("p", 1).log(log).build()) {
            use.accept(server);
        }
    }

    @Test
    void messagesHaveTheSameBookmarksTimesAndPositionsAgain() {
        serve(
                server -> {
                    server.publish("p", 7, "T", bytes("a"), "cid");
                    server.publish("U", "b");
                    server.publish("p", -1, "T", bytes("c"));
                });
        serve(
                server -> {
                    assertThat(server.log().entries())
                            .extracting(
                                    LogEntry::position,
                                    LogEntry::topic,
                                    entry -> new String(entry.body(), StandardCharsets.UTF_8),
                                    LogEntry::correlationId)
                            .containsExactly(
                                    tuple(1L, "T", "a", "cid"),
                                    tuple(2L, "U", "b", null),
                                    tuple(3L, "T", "c", null));
                    assertThat(server.log().entry(1).bookmark()).isEqualTo("1|7|");
                    assertThat(server.log().find(1, -1)).isEqualTo(3);
                });
    }

    @Test
    void publishersGoOnFromTheirLastSequence() {
        serve(
                server -> {
                    server.publish("p", 7, "T", bytes("a"));
                    server.publish("T", "of nobody");
                });
        serve(
                server -> {
                    assertThat(server.log().highestSequence(1)).isEqualTo(7);
                    assertThat(server.publish("p", 7, "T", bytes("a"))).isNull();
                    assertThat(server.publish("p", 8, "T", bytes("b")).position()).isEqualTo(3);
                    LogEntry numbered = server.publish("T", "of nobody, too");
                    assertThat(numbered.sequence()).isEqualTo(server.log().entry(2).sequence() + 1);
                });
    }

    @Test
    void timeDoesNotGoBack() {
        long late = Timestamps.now() + Duration.ofDays(1).toNanos() / 1000;
        LogEntry entry = new LogEntry(1, 1, 1, "T", late, bytes("late"), null, null);
        serve(server -> server.replicate(entry, late));
        serve(
                server ->
                        assertThat(server.publish("T", "next").timestampMicros())
                                .isGreaterThanOrEqualTo(late));
    }

    @Test
    void whatAQueueIsDoneWithAndWhatIsForgottenStaysSo() {
        serve(
                server -> {
                    for (int i = 1; i <= 3; i++) {
                        server.publish("p", i, "T", bytes("x"));
                    }
                    server.log().takenFromQueue("Q", "1|3|");
                    server.pruneBefore(3);
                });
        serve(
                server -> {
                    assertThat(server.log().firstPosition()).isEqualTo(3);
                    assertThat(server.log().isTakenFromQueue("Q", "1|3|")).isTrue();
                    assertThat(server.log().isTakenFromQueue("Q", "1|2|")).isFalse();
                    server.wipeLog();
                });
        serve(
                server -> {
                    assertThat(server.log().size()).isZero();
                    assertThat(server.log().isTakenFromQueue("Q", "1|3|")).isFalse();
                    assertThat(server.publish("p", 1, "T", bytes("x")).position()).isEqualTo(4);
                });
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsOnDisk() throws Exception {
        AtomicInteger forced = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        try (TransactionLog log = new TransactionLog(counting(written, forced));
                AmpsStandIn server =
                        AmpsStandIn.builder()
                                .log(log)
                                .persistedAckInterval(Duration.ofMillis(20))
                                .start();
                FrameSocket client = FrameSocket.loggedOn(server.port(), "client")) {
            int before = forced.get();
            for (int sequence : List.of(1, 1)) {
                client.send(
                        "{\"c\":\"p\",\"t\":\"T\",\"a\":\"persisted\",\"s\":" + sequence + "}x");
            }
            assertThat(client.receive()).contains("\"a\":\"persisted\"", "\"s\":1");
            assertThat(written).hasValue(1);
            assertThat(forced).hasValueGreaterThan(before);
        }
    }

    private static Journal counting(AtomicInteger written, AtomicInteger forced) {
        return new Journal() {
            @Override
            public void write(JournalRecord record) {
                written.incrementAndGet();
            }

            @Override
            public void force() {
                forced.incrementAndGet();
            }

            @Override
            public void close() {}
        };
    }
}
