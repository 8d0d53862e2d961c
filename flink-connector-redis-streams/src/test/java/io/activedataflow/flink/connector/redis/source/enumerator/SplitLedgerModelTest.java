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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job of several readers that come, fail, are restored and rescaled in random order: each split
 * is at exactly one place after every step, and in the end all of them are with readers.
 */
class SplitLedgerModelTest {

    @Property(tries = 2000)
    void noSplitIsLostOrGivenTwice(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int parallelism,
            @ForAll @IntRange(min = 1, max = 60) int steps,
            @ForAll boolean waitForReports) {
        Job job = new Job(new Random(seed), parallelism, waitForReports);
        for (int i = 0; i < steps; i++) {
            job.step();
            job.checkThatEachSplitIsAtOnePlace();
        }
        job.letAllReadersCome();
        job.checkThatEachSplitIsAtOnePlace();
        assertThat(job.ledger.unassignedCount()).isZero();
    }

    @Property
    void aNewJobIsBalancedWhateverTheOrderOfArrival(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int parallelism,
            @ForAll @IntRange(max = 40) int streams) {
        Random random = new Random(seed);
        Job job = new Job(random, parallelism, true);
        job.discover(streams);
        while (random.nextInt(4) > 0) {
            job.register(random.nextInt(parallelism));
            job.discover(random.nextInt(3));
        }
        job.letAllReadersCome();

        assertThat(job.readers.values())
                .extracting(reader -> reader.splits.size())
                .allSatisfy(
                        size ->
                                assertThat(size)
                                        .isBetween(
                                                job.streams / parallelism,
                                                (job.streams + parallelism - 1) / parallelism));
    }

    private static final class Reader {
        /** What it has, and what it gave when it last wrote a checkpoint. */
        private final Map<String, RedisStreamsSplit> splits = new TreeMap<>();

        private Map<String, RedisStreamsSplit> checkpointed = Map.of();
        private boolean registered;
        private boolean restored;
    }

    private record Checkpoint(
            RedisStreamsEnumState state, List<RedisStreamsSplit> withReaders, int streams) {}

    private static final class Job {

        private final Random random;
        private final boolean waitForReports;
        private final Map<Integer, Reader> readers = new HashMap<>();
        private int streams;
        private SplitLedger ledger;
        private Checkpoint last;

        private Job(Random random, int parallelism, boolean waitForReports) {
            this.random = random;
            this.waitForReports = waitForReports;
            this.ledger = new SplitLedger(random.nextInt());
            startReaders(parallelism);
        }

        private void startReaders(int parallelism) {
            readers.clear();
            for (int i = 0; i < parallelism; i++) {
                readers.put(i, new Reader());
            }
        }

        private void step() {
            int subtask = random.nextInt(readers.size());
            switch (random.nextInt(8)) {
                case 0, 1 -> discover(random.nextInt(4));
                case 2, 3, 4 -> register(subtask);
                case 5 -> fail(subtask);
                case 6 -> checkpoint();
                default -> {
                    if (random.nextInt(3) == 0) {
                        restoreWith(1 + random.nextInt(5));
                    } else {
                        ledger.stopWaiting();
                        assign();
                    }
                }
            }
        }

        private void discover(int more) {
            List<RedisStreamsSplit> found = new ArrayList<>();
            streams += more;
            for (int i = 0; i < streams; i++) {
                found.add(Splits.named("s" + i));
            }
            ledger.add(found);
            assign();
        }

        private void register(int subtask) {
            Reader reader = readers.get(subtask);
            if (reader.registered) {
                return;
            }
            reader.registered = true;
            assign();
            ledger.report(subtask, reader.restored ? reader.checkpointed.keySet() : Set.of());
            assign();
        }

        /** The task alone fails: it goes on from its part of the last checkpoint. */
        private void fail(int subtask) {
            Reader reader = readers.get(subtask);
            List<RedisStreamsSplit> uncovered = new ArrayList<>(reader.splits.values());
            uncovered.removeIf(split -> reader.checkpointed.containsKey(split.splitId()));
            reader.registered = false;
            reader.restored = true;
            reader.splits.clear();
            reader.splits.putAll(reader.checkpointed);
            ledger.addBack(uncovered, subtask);
            assign();
        }

        private void assign() {
            ledger.plan(readers.size());
            readers.forEach(
                    (subtask, reader) -> {
                        if (reader.registered) {
                            for (RedisStreamsSplit split : ledger.take(subtask)) {
                                assertThat(reader.splits.put(split.splitId(), split)).isNull();
                            }
                        }
                    });
        }

        private void checkpoint() {
            List<RedisStreamsSplit> withReaders = new ArrayList<>();
            for (Reader reader : readers.values()) {
                reader.checkpointed = Map.copyOf(reader.splits);
                withReaders.addAll(reader.splits.values());
            }
            last =
                    new Checkpoint(
                            Splits.state(ledger.assignedIds(), ledger.unassigned()),
                            withReaders,
                            streams);
        }

        /** The whole job fails or is rescaled; Flink deals out what readers had as it likes. */
        private void restoreWith(int parallelism) {
            startReaders(parallelism);
            if (last == null) {
                ledger = new SplitLedger(random.nextInt());
                streams = 0;
                return;
            }
            streams = last.streams;
            ledger =
                    new SplitLedger(
                            random.nextInt(),
                            last.state.assignedSplitIds(),
                            last.state.unassignedSplits(),
                            waitForReports);
            for (RedisStreamsSplit split : last.withReaders) {
                readers.get(random.nextInt(parallelism)).splits.put(split.splitId(), split);
            }
            for (Reader reader : readers.values()) {
                reader.restored = true;
                reader.checkpointed = Map.copyOf(reader.splits);
            }
        }

        private void letAllReadersCome() {
            for (int subtask : Set.copyOf(readers.keySet())) {
                register(subtask);
            }
            assign();
        }

        private void checkThatEachSplitIsAtOnePlace() {
            Set<String> withReaders = new HashSet<>();
            for (Reader reader : readers.values()) {
                for (RedisStreamsSplit split : reader.splits.values()) {
                    assertThat(withReaders.add(split.splitId())).as("%s twice", split).isTrue();
                    assertThat(split).isEqualTo(Splits.named(split.splitId()));
                }
            }
            assertThat(ledger.assignedIds()).isEqualTo(withReaders);
            Set<String> waiting = new HashSet<>(Splits.ids(ledger.unassigned()));
            assertThat(waiting)
                    .hasSize(ledger.unassignedCount())
                    .doesNotContainAnyElementsOf(
                            withReaders.isEmpty() ? Set.of("none") : withReaders);
            assertThat(withReaders.size() + waiting.size()).isEqualTo(streams);
        }
    }
}
