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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class TransactionLogTest {

    private static final int SEVERAL_SEGMENTS = 10_000;

    private final AmpsStandIn server = AmpsStandIn.builder().publisherId("p", 1).build();
    private final TransactionLog log = server.log();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> bookmarks() {
        return log.entries().stream().map(LogEntry::bookmark).toList();
    }

    @Test
    void whatIsNotAboveTheHighestSequenceOfItsPublisherIsDiscarded() {
        assertThat(server.publish("p", 7, "T", bytes("a")).position()).isEqualTo(1);
        assertThat(server.publish("p", 7, "T", bytes("b"))).isNull();
        assertThat(server.publish("p", 3, "T", bytes("c"))).isNull();
        // Unsigned: these are above Long.MAX_VALUE.
        assertThat(server.publish("p", Long.MIN_VALUE, "T", bytes("d")).position()).isEqualTo(2);
        assertThat(server.publish("p", -1, "T", bytes("e")).position()).isEqualTo(3);
        assertThat(server.publish("p", Long.MAX_VALUE, "T", bytes("f"))).isNull();

        assertThat(bookmarks())
                .containsExactly("1|7|", "1|9223372036854775808|", "1|18446744073709551615|");
        assertThat(log.highestSequence(1)).isEqualTo(-1);
    }

    @Test
    void holdsManyEntriesAndFindsEachOfThem() {
        for (int i = 1; i <= SEVERAL_SEGMENTS; i++) {
            server.publish("p", 2L * i, "T" + i % 3, bytes("body " + i));
        }

        for (int i = 1; i <= SEVERAL_SEGMENTS; i++) {
            assertThat(log.find(1, 2L * i)).isEqualTo(i);
            assertThat(log.find(1, 2L * i - 1)).isZero();
        }
        LogEntry entry = log.entry(9_999);
        assertThat(entry.topic()).isEqualTo("T0");
        assertThat(new String(entry.body(), StandardCharsets.UTF_8)).isEqualTo("body 9999");
    }

    @Test
    void prunedEntriesAreGoneAndTheRestIsFound() {
        for (int i = 1; i <= SEVERAL_SEGMENTS; i++) {
            server.publish("p", i, "T", bytes("x"));
        }
        server.pruneBefore(9_001);

        assertThat(log.size()).isEqualTo(1000);
        assertThat(log.firstPosition()).isEqualTo(9_001);
        assertThat(log.find(1, 9_000)).isZero();
        assertThat(log.find(1, 9_001)).isEqualTo(9_001);
        assertThatThrownBy(() -> log.entry(9_000)).isInstanceOf(IllegalArgumentException.class);
        // The publisher is still known.
        assertThat(server.publish("p", 9_000, "T", bytes("x"))).isNull();
    }

    @Test
    void prunesByTime() {
        AmpsStandIn other = AmpsStandIn.builder().build();
        other.replicate(new LogEntry(1, 1, 1, "T", 0, bytes("a"), null, null), 100);
        other.replicate(new LogEntry(2, 1, 2, "T", 0, bytes("b"), null, null), 200);
        other.log().pruneBeforeTime(150);

        assertThat(other.log().entries()).extracting(LogEntry::sequence).containsExactly(2L);
    }

    @Test
    void wipedLogKnowsNoPublisherAnyMore() {
        server.publish("p", 5, "T", bytes("a"));
        server.wipeLog();

        assertThat(log.size()).isZero();
        assertThat(server.publish("p", 1, "T", bytes("b")).position()).isEqualTo(2);
        assertThat(bookmarks()).containsExactly("1|1|");
    }

    @Test
    void replicatedEntriesKeepTheirIdentityAndGetTheOrderOfTheInstance() {
        AmpsStandIn replica = AmpsStandIn.builder().name("replica").build();
        LogEntry first = server.publish("p", 1, "T", bytes("a"));
        LogEntry other = server.publish("q", 1, "T", bytes("b"));
        LogEntry second = server.publish("p", 2, "T", bytes("c"));
        replica.replicate(other);
        replica.replicate(first);
        replica.replicate(second);

        assertThat(replica.log().entries())
                .extracting(LogEntry::bookmark)
                .containsExactly(other.bookmark(), first.bookmark(), second.bookmark());
        assertThat(replica.replicate(first)).isNull();
    }

    @Test
    void messagesWithoutASequenceAreNumberedByTheInstance() {
        AmpsStandIn replica = AmpsStandIn.builder().name("replica").build();
        LogEntry here = server.publish("T", "a");
        LogEntry next = server.publish("T", "b");
        LogEntry there = replica.publish("T", "a");

        assertThat(next.publisherId()).isEqualTo(here.publisherId());
        assertThat(next.sequence()).isEqualTo(here.sequence() + 1);
        assertThat(there.publisherId()).isNotEqualTo(here.publisherId());
    }

    @Test
    void messagesToTopicsThatAreNotLoggedAreNotKept() {
        AmpsStandIn selective = AmpsStandIn.builder().logged(topic -> topic.equals("L")).build();

        assertThat(selective.publish("p", 1, "T", bytes("x")).position())
                .isEqualTo(LogEntry.NOT_LOGGED);
        assertThat(selective.publish("p", 2, "L", bytes("x")).position()).isEqualTo(1);
        // Its sequence counts all the same.
        assertThat(selective.publish("p", 1, "L", bytes("x"))).isNull();
    }

    @Test
    void publisherIdsUseAll64Bits() {
        assertThat(List.of("a", "b", "c", "d", "e", "f").stream().map(AmpsStandIn::publisherId))
                .anyMatch(id -> id < 0)
                .anyMatch(id -> id > 0);
    }
}
