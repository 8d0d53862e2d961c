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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.split.FinishedSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job with an enumerator, and readers that do what readers of Flink do: they come, ask, read,
 * report, write checkpoints, fail and are restored, some of them or all, in random order. What a
 * reader has read counts only when a checkpoint has completed after it, or if it never fails.
 */
final class ModelJob {

    private final Random random;
    private final EnumeratorFixture fixture = new EnumeratorFixture();
    private final List<RecordFileSplit> committed = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private RecordFileSourceEnumerator enumerator;
    private Checkpoint last;
    private boolean barrierIsOnItsWay;
    private long checkpointId;
    private int files;

    private record Checkpoint(RecordFileEnumState state, List<List<RecordFileSplit>> held) {}

    /** One that has been assigned, and the first checkpoint after that. */
    private record Assigned(RecordFileSplit split, long checkpointId) {}

    private static final class Reader {
        private boolean registered;
        private List<RecordFileSplit> restorePoint = List.of();
        private final List<RecordFileSplit> held = new ArrayList<>();
        private final List<RecordFileSplit> behindTheBarrier = new ArrayList<>();
        private final List<RecordFileSplit> read = new ArrayList<>();
        private final List<Assigned> assigned = new ArrayList<>();

        private boolean holdsKey(String key) {
            return held.stream().anyMatch(split -> split.distributionKey().equals(key))
                    || behindTheBarrier.stream()
                            .anyMatch(split -> split.distributionKey().equals(key));
        }
    }

    ModelJob(Random random, int parallelism, boolean bounded) {
        this.random = random;
        fixture.bounded = bounded;
        fixture.splitting = RecordFileSplitting.EXACT;
        // Names of two digits only have no key.
        fixture.distribution = (path, parts) -> path.replaceAll("[^xyz]", "");
        fixture.maxFilesPerRound = 3;
        addFiles(bounded ? 12 : 4);
        begin(null, parallelism);
    }

    private void begin(RecordFileEnumState state, int parallelism) {
        if (state == null) {
            fixture.parallelism(parallelism);
            enumerator = fixture.started();
        } else {
            enumerator = fixture.restored(state, parallelism);
        }
        readers.clear();
        for (int i = 0; i < parallelism; i++) {
            readers.add(new Reader());
        }
        fixture.coordinator.onAssigned(this::assigned);
    }

    private void addFiles(int count) {
        for (int i = 0; i < count; i++) {
            String name = "%03d".formatted(files++);
            switch (random.nextInt(5)) {
                case 0 -> fixture.addSized(name + ".big", 150 + random.nextInt(300));
                case 1, 2 -> fixture.add(name + "." + "xyz".charAt(random.nextInt(3)));
                default -> fixture.addSized(name, random.nextInt(12));
            }
        }
    }

    private void assigned(int subtask, List<RecordFileSplit> splits) {
        Reader reader = readers.get(subtask);
        assertThat(fixture.coordinator.noMoreSplitsSinceRegistered(subtask)).isFalse();
        for (RecordFileSplit split : splits) {
            String key = split.distributionKey();
            if (!key.isEmpty()) {
                assertThat(subtask).isEqualTo(new KeyedLine(key, readers.size()).subtask());
                assertThat(readers)
                        .as("nobody has a file of '%s' now", key)
                        .noneMatch(other -> other.holdsKey(key));
            }
            (barrierIsOnItsWay ? reader.behindTheBarrier : reader.held).add(split);
            reader.assigned.add(new Assigned(split, Long.MAX_VALUE));
        }
    }

    void step() {
        int subtask = random.nextInt(readers.size());
        Reader reader = readers.get(subtask);
        switch (random.nextInt(16)) {
            case 0 -> {
                if (!fixture.bounded) {
                    addFiles(1 + random.nextInt(3));
                }
            }
            case 1, 2 -> fixture.coordinator.runNow();
            case 3 -> checkpoint();
            case 4 -> {
                if (reader.registered) {
                    fail(subtask);
                }
            }
            case 5 -> {
                if (random.nextInt(3) == 0) {
                    restore(1 + random.nextInt(4));
                }
            }
            case 6 -> {
                if (reader.registered) {
                    enumerator.handleSplitRequest(subtask, null);
                }
            }
            default -> {
                if (reader.registered) {
                    read(subtask);
                } else {
                    come(subtask);
                }
            }
        }
    }

    private void come(int subtask) {
        Reader reader = readers.get(subtask);
        reader.registered = true;
        List<String> ids = Splits.ids(reader.held);
        fixture.coordinator.register(subtask, enumerator);
        enumerator.handleSourceEvent(subtask, new RestoredSplitsEvent(ids));
        enumerator.handleSplitRequest(subtask, null);
    }

    /** The reader reads one of its splits to the end; sometimes it fails before it can say so. */
    private void read(int subtask) {
        Reader reader = readers.get(subtask);
        if (reader.held.isEmpty()) {
            return;
        }
        RecordFileSplit split = reader.held.remove(random.nextInt(reader.held.size()));
        if (split.kind() != Kind.SCAN) {
            reader.read.add(split);
        }
        if (!barrierIsOnItsWay && random.nextInt(12) == 0) {
            fail(subtask);
            return;
        }
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            enumerator.handleSourceEvent(
                    subtask,
                    split.kind() == Kind.SCAN
                            ? answer(split)
                            : new FinishedSplitsEvent(List.of(split.splitId())));
        }
        if (reader.held.isEmpty()) {
            enumerator.handleSplitRequest(subtask, null);
        }
    }

    private static ScannedBlockEvent answer(RecordFileSplit scan) {
        long size = scan.identity().size();
        if (size % 7 == 0) {
            return ScannedBlockEvent.notSplittable(scan.splitId(), "it is compressed.");
        }
        boolean irregular = size % 7 == 1 && scan.offset() > 0;
        return ScannedBlockEvent.scanned(scan.splitId(), FileScansTest.block(false, irregular));
    }

    private void checkpoint() {
        if (!readers.stream().allMatch(reader -> reader.registered)) {
            return;
        }
        long id = ++checkpointId;
        RecordFileEnumState state = enumerator.snapshotState(id);
        for (Reader reader : readers) {
            reader.assigned.replaceAll(
                    entry -> new Assigned(entry.split, Math.min(entry.checkpointId, id)));
        }
        barrierIsOnItsWay = true;
        for (int i = random.nextInt(5); i > 0; i--) {
            read(random.nextInt(readers.size()));
        }
        barrierIsOnItsWay = false;
        boolean completes = random.nextInt(4) > 0;
        List<List<RecordFileSplit>> held = new ArrayList<>();
        for (Reader reader : readers) {
            held.add(List.copyOf(reader.held));
            if (completes) {
                reader.restorePoint = List.copyOf(reader.held);
                committed.addAll(reader.read);
                reader.read.clear();
                reader.assigned.removeIf(entry -> entry.checkpointId <= id);
            }
            reader.held.addAll(reader.behindTheBarrier);
            reader.behindTheBarrier.clear();
        }
        if (completes) {
            last = new Checkpoint(state, held);
            enumerator.notifyCheckpointComplete(id);
        }
    }

    /** One reader fails and goes back to the last checkpoint; the others go on. */
    private void fail(int subtask) {
        Reader reader = readers.get(subtask);
        reader.registered = false;
        reader.read.clear();
        reader.held.clear();
        reader.held.addAll(reader.restorePoint);
        List<RecordFileSplit> lost = reader.assigned.stream().map(Assigned::split).toList();
        reader.assigned.clear();
        fixture.coordinator.fail(subtask, enumerator, lost);
    }

    /** The whole job goes back to the last checkpoint, with another parallelism. */
    private void restore(int parallelism) {
        begin(last == null ? null : last.state, parallelism);
        if (last != null) {
            for (List<RecordFileSplit> held : last.held) {
                for (RecordFileSplit split : held) {
                    readers.get(random.nextInt(parallelism)).held.add(split);
                }
            }
            readers.forEach(reader -> reader.restorePoint = List.copyOf(reader.held));
        }
    }

    /** Nothing fails any more, until nothing happens any more. */
    void finish() {
        for (int subtask = 0; subtask < readers.size(); subtask++) {
            if (!readers.get(subtask).registered) {
                come(subtask);
            }
        }
        int quiet = 0;
        while (quiet < 3) {
            fixture.coordinator.runNow();
            boolean busy = false;
            for (int subtask = 0; subtask < readers.size(); subtask++) {
                Reader reader = readers.get(subtask);
                while (!reader.held.isEmpty()) {
                    busy = true;
                    RecordFileSplit split = reader.held.remove(0);
                    if (split.kind() == Kind.SCAN) {
                        enumerator.handleSourceEvent(subtask, answer(split));
                    } else {
                        reader.read.add(split);
                        enumerator.handleSourceEvent(
                                subtask, new FinishedSplitsEvent(List.of(split.splitId())));
                    }
                    enumerator.handleSplitRequest(subtask, null);
                }
            }
            quiet = busy ? 0 : quiet + 1;
        }
        readers.forEach(reader -> committed.addAll(reader.read));
    }

    /** Every byte of every file was read once, and every empty file. */
    void checkThatEverythingWasReadOnce() {
        Map<String, TreeMap<Long, Long>> ranges = new TreeMap<>();
        for (RecordFileSplit split : committed) {
            assertThat(
                            ranges.computeIfAbsent(split.path().getName(), n -> new TreeMap<>())
                                    .put(split.offset(), split.end()))
                    .as("%s was not read before", split)
                    .isNull();
        }
        assertThat(ranges.keySet()).isEqualTo(fixture.files.keySet());
        ranges.forEach(
                (name, parts) -> {
                    long end = 0;
                    for (Map.Entry<Long, Long> part : parts.entrySet()) {
                        assertThat(part.getKey()).as("%s: %s", name, parts).isEqualTo(end);
                        end = part.getValue();
                    }
                    assertThat(end).as(name).isEqualTo(fixture.files.get(name).size());
                });
        assertThat(fixture.coordinator.unassignedSplits()).isZero();
    }

    /** All readers of a bounded source were told to end, and none of a continuous one. */
    void checkWhoWasTold() {
        for (int subtask = 0; subtask < readers.size(); subtask++) {
            assertThat(fixture.coordinator.noMoreSplitsSinceRegistered(subtask))
                    .isEqualTo(fixture.bounded);
        }
    }
}
