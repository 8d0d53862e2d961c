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

import io.activedataflow.flink.connector.recordfile.source.enumerator.KeyedLine.Waiting;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Splits with a key. Those of one key form a line, and only the first of a line is with a reader:
 * with the one that the key's hash says, or, after a change of the parallelism, with the one that
 * has it from before. The next follows when that reader has finished it.
 *
 * <p>After a restore it is not known who has the first of a line, nor whether it was finished after
 * the enumerator's part of the checkpoint was written. It is known when its reader reports it, or
 * when all readers have reported and none has it. Also, a reader that fails goes back to what it
 * had at its last checkpoint, which may be a split that it has finished since. Coordinator thread
 * only.
 */
@Internal
final class KeyedSplits {

    private final int parallelism;
    private final Map<String, KeyedLine> lines = new HashMap<>();

    /** The lines of all splits, waiting or with a reader, by the ID of the split. */
    private final Map<String, KeyedLine> linesById = new HashMap<>();

    /** By subtask: the lines whose first is to be handed out, by the order of that. */
    private final List<TreeMap<Long, KeyedLine>> ready = new ArrayList<>();

    private final int[] waitingFor;
    private final FinishedKeyedSplits finished = new FinishedKeyedSplits();
    private final Set<Integer> reported = new HashSet<>();
    private long first;
    private long last;

    KeyedSplits(int parallelism) {
        this.parallelism = parallelism;
        this.waitingFor = new int[parallelism];
        for (int i = 0; i < parallelism; i++) {
            ready.add(new TreeMap<>());
        }
    }

    /** Goes on from a checkpoint: this split was with a reader. */
    void restoreOpen(String key, String splitId) {
        open(line(key), splitId, KeyedLine.UNKNOWN_OWNER);
    }

    /** Adds a split at the end of its line, unless it is in it already. */
    void add(RecordFileSplit split) {
        if (!linesById.containsKey(split.splitId())) {
            KeyedLine line = line(split.distributionKey());
            unready(line);
            line.waiting().addLast(new Waiting(++last, split));
            added(line, split);
        }
    }

    /**
     * A reader has failed. It will report what it goes on with; until then nothing follows on what
     * it may have again.
     *
     * @param splits that it has lost, in the order in which they were handed out
     */
    void readerFailed(int subtask, List<RecordFileSplit> splits) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            addBack(splits.get(i), subtask);
        }
        finished.takeAllOf(subtask)
                .forEach(
                        (splitId, key) -> {
                            if (!linesById.containsKey(splitId)) {
                                open(line(key), splitId, subtask);
                            }
                        });
    }

    private void addBack(RecordFileSplit split, int subtask) {
        String id = split.splitId();
        KeyedLine line = line(split.distributionKey());
        Integer owner = line.open().get(id);
        boolean withAnother = owner != null && owner != subtask && owner != KeyedLine.UNKNOWN_OWNER;
        if (withAnother || (owner == null && linesById.containsKey(id))) {
            return;
        }
        unready(line);
        line.open().remove(id);
        line.waiting().addFirst(new Waiting(--first, split));
        added(line, split);
    }

    private void added(KeyedLine line, RecordFileSplit split) {
        linesById.put(split.splitId(), line);
        waitingFor[line.subtask()]++;
        makeReady(line);
    }

    /** Hands out the next split for this reader, or returns null if it has to wait. */
    @Nullable
    RecordFileSplit next(int subtask, long maxBytes) {
        TreeMap<Long, KeyedLine> candidates = ready.get(subtask);
        if (candidates.isEmpty()) {
            return null;
        }
        KeyedLine line = candidates.firstEntry().getValue();
        RecordFileSplit split = line.waiting().getFirst().split();
        if (split.length() > maxBytes) {
            return null;
        }
        unready(line);
        line.waiting().removeFirst();
        waitingFor[subtask]--;
        open(line, split.splitId(), subtask);
        return split;
    }

    /** Takes note of splits that have been read to their ends, and ignores unknown ones. */
    void finished(Collection<String> splitIds) {
        for (String id : splitIds) {
            KeyedLine line = linesById.get(id);
            Integer owner = line == null ? null : line.open().remove(id);
            if (owner != null) {
                finished.add(id, line.key(), owner);
                linesById.remove(id);
                makeReady(line);
                dropIfEmpty(line);
            }
        }
    }

    /**
     * Takes note of all splits that a reader goes on with after it was started. What it had and
     * does not report is finished; what it reports does not wait any more.
     */
    void started(int subtask, Collection<String> splitIds) {
        reported.add(subtask);
        Set<String> its = new HashSet<>(splitIds);
        for (String id : its) {
            KeyedLine line = linesById.get(id);
            if (line != null) {
                dropWaiting(line, id);
                open(line, id, subtask);
            }
        }
        boolean allReported = reported.size() >= parallelism;
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, KeyedLine> entry : linesById.entrySet()) {
            Integer owner = entry.getValue().open().get(entry.getKey());
            if (owner != null
                    && (owner == subtask
                            ? !its.contains(entry.getKey())
                            : owner == KeyedLine.UNKNOWN_OWNER && allReported)) {
                gone.add(entry.getKey());
            }
        }
        finished(gone);
    }

    /** Drops splits that wait. */
    void drop(Collection<RecordFileSplit> splits) {
        for (RecordFileSplit split : splits) {
            KeyedLine line = linesById.get(split.splitId());
            if (line != null && dropWaiting(line, split.splitId())) {
                linesById.remove(split.splitId());
                dropIfEmpty(line);
            }
        }
    }

    private boolean dropWaiting(KeyedLine line, String splitId) {
        unready(line);
        boolean dropped = line.waiting().removeIf(entry -> entry.split().splitId().equals(splitId));
        waitingFor[line.subtask()] -= dropped ? 1 : 0;
        makeReady(line);
        return dropped;
    }

    /** A checkpoint is written: what was finished before is not in it. */
    void checkpointBegins(long checkpointId) {
        finished.checkpointBegins(checkpointId);
    }

    void checkpointCompleted(long checkpointId) {
        finished.checkpointCompleted(checkpointId);
    }

    /** Whether a split waits that this reader is to get some time. */
    boolean isWaitingFor(int subtask) {
        return waitingFor[subtask] > 0;
    }

    /** How many splits wait. */
    int size() {
        int sum = 0;
        for (int count : waitingFor) {
            sum += count;
        }
        return sum;
    }

    /** The splits that wait, those that are next first, those of one line in its order. */
    List<RecordFileSplit> content() {
        List<Waiting> all = new ArrayList<>();
        lines.values().forEach(line -> all.addAll(line.waiting()));
        all.sort(Comparator.comparingLong(Waiting::order));
        return all.stream().map(Waiting::split).toList();
    }

    /** The keys of the splits that are with readers, by ID. */
    Map<String, String> open() {
        Map<String, String> open = new HashMap<>();
        for (KeyedLine line : lines.values()) {
            line.open().keySet().forEach(id -> open.put(id, line.key()));
        }
        return open;
    }

    private KeyedLine line(String key) {
        return lines.computeIfAbsent(key, k -> new KeyedLine(k, parallelism));
    }

    private void open(KeyedLine line, String splitId, int owner) {
        unready(line);
        line.open().put(splitId, owner);
        linesById.put(splitId, line);
    }

    /** Has to be called before the first of a line, or whether it has to wait, changes. */
    private void unready(KeyedLine line) {
        Waiting next = line.ready();
        if (next != null) {
            ready.get(line.subtask()).remove(next.order());
        }
    }

    private void makeReady(KeyedLine line) {
        Waiting next = line.ready();
        if (next != null) {
            ready.get(line.subtask()).put(next.order(), line);
        }
    }

    private void dropIfEmpty(KeyedLine line) {
        if (line.isEmpty()) {
            lines.remove(line.key());
        }
    }
}
