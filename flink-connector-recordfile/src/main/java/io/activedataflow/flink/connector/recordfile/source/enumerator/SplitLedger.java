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

import io.activedataflow.flink.connector.recordfile.MaskedText;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.PathHash;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where each split is. A split is at exactly one place at any time:
 *
 * <ol>
 *   <li><em>waiting</em>: for any reader that asks ({@link SplitQueue}), or for the one that its
 *       key belongs to ({@link KeyedSplits});
 *   <li><em>with a reader</em>, which has it in its own state. Remembered here, by ID, only where
 *       something waits for its end: of splits with keys, and of scan splits ({@link FileScans}).
 * </ol>
 *
 * Pure; coordinator thread only.
 */
@Internal
final class SplitLedger {

    private static final Logger LOG = LoggerFactory.getLogger(SplitLedger.class);

    /** So many splits are handed out at a time, so that small files are not a round trip each. */
    static final int MAX_SPLITS_AT_A_TIME = 64;

    /** So many bytes are handed out at a time, or one split that is larger. */
    static final long MAX_BYTES_AT_A_TIME = 32L << 20;

    /** While so many splits wait, no more files are looked for. */
    static final int MAX_WAITING = 50_000;

    private final int parallelism;
    private final SplitQueue queue;
    private final KeyedSplits keyed;
    private final FileScans scans = new FileScans();

    SplitLedger(int parallelism, SplitQueue queue) {
        this.parallelism = parallelism;
        this.queue = queue;
        this.keyed = new KeyedSplits(parallelism);
    }

    /** Goes on from a checkpoint. */
    void restore(RecordFileEnumState state) {
        state.openKeys().forEach((splitId, key) -> keyed.restoreOpen(key, splitId));
        List<RecordFileSplit> unanswered = new ArrayList<>();
        state.scans().forEach(scan -> unanswered.addAll(scans.add(scan)));
        for (RecordFileSplit split : state.waiting()) {
            if (split.kind() != Kind.SCAN || scans.isOpen(split.splitId())) {
                add(split);
            }
        }
        // Those that were with readers: their answers may have been lost.
        unanswered.forEach(queue::addBack);
    }

    /** Takes up what has been found. */
    void add(SplitPlanner.Plan plan) {
        plan.splits().forEach(this::add);
        if (plan.scan() != null) {
            scans.add(plan.scan()).forEach(this::add);
        }
    }

    private void add(RecordFileSplit split) {
        if (split.distributionKey().isEmpty()) {
            queue.add(split);
        } else {
            keyed.add(split);
        }
    }

    /** A reader has failed and lost these splits. */
    void readerFailed(int subtask, List<RecordFileSplit> splits) {
        List<RecordFileSplit> withKeys = new ArrayList<>();
        for (RecordFileSplit split : splits) {
            if (!split.distributionKey().isEmpty()) {
                withKeys.add(split);
            } else if (split.kind() != Kind.SCAN) {
                queue.addBack(split);
            } else if (scans.isOpen(split.splitId())) {
                scans.lost(split.splitId());
                queue.addBack(split);
            }
        }
        keyed.readerFailed(subtask, withKeys);
    }

    /** A reader tells all splits that it goes on with after it was started. */
    void readerStarted(int subtask, Collection<String> splitIds) {
        Set<String> ids = Set.copyOf(splitIds);
        ids.forEach(queue::remove);
        keyed.started(subtask, ids);
        scans.started(subtask, ids).forEach(queue::addBack);
    }

    /** Splits have been read to their ends. */
    void finished(Collection<String> splitIds) {
        keyed.finished(splitIds);
    }

    /** A scan split has been answered. */
    void answered(ScannedBlockEvent answer) {
        FileScans.Outcome outcome = scans.answered(answer);
        outcome.obsolete().forEach(queue::remove);
        // Before the files that were found later.
        outcome.splits().forEach(queue::addBack);
    }

    /** Drops what waits of files that have other contents now. */
    void dropOldContentsOf(List<ListedFile> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<RecordFileSplit> dropped =
                drop(changed.stream().map(ListedFile::path).collect(Collectors.toSet()));
        if (!dropped.isEmpty()) {
            LOG.warn(
                    "{} splits of files that have changed had not been handed out, such as {}."
                            + " They are dropped.",
                    dropped.size(),
                    dropped.get(0));
        }
    }

    private List<RecordFileSplit> drop(Set<Path> paths) {
        scans.drop(paths).forEach(queue::remove);
        List<RecordFileSplit> dropped =
                waiting().stream().filter(split -> paths.contains(split.path())).toList();
        dropped.forEach(split -> queue.remove(split.splitId()));
        keyed.drop(dropped);
        return dropped;
    }

    /**
     * Drops what waits of files that have other names now, where no reader has had any of it.
     *
     * @param renamed by the hashes of the paths they had
     * @return those to be read under their new names
     */
    List<ListedFile> dropRenamed(Map<PathHash, ListedFile> renamed) {
        if (renamed.isEmpty()) {
            return List.of();
        }
        Map<PathHash, List<RecordFileSplit>> splits =
                Stream.concat(
                                waiting().stream().filter(split -> split.kind() != Kind.SCAN),
                                scans.content().stream().map(FileScan::whole))
                        .collect(
                                Collectors.groupingBy(
                                        SplitLedger::pathHash,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        splits.keySet().retainAll(renamed.keySet());
        List<ListedFile> unread = new ArrayList<>();
        Set<Path> paths = new HashSet<>();
        splits.forEach(
                (hash, waiting) -> {
                    ListedFile file = renamed.get(hash);
                    Path before = waiting.get(0).path();
                    if (isAllOf(file, waiting)) {
                        unread.add(file);
                        paths.add(before);
                    } else {
                        LOG.warn(
                                "{} was renamed to {} after a part of it had been given to a"
                                        + " reader. What waits of it cannot be read under another"
                                        + " name: give it its former name until it has been read.",
                                MaskedText.of(before.toString()),
                                MaskedText.of(file.pathText()));
                    }
                });
        drop(paths);
        return unread;
    }

    private static PathHash pathHash(RecordFileSplit split) {
        return PathHash.of(split.path().toString());
    }

    private static boolean isAllOf(ListedFile file, List<RecordFileSplit> splits) {
        return splits.stream().allMatch(RecordFileSplit::isUntouched)
                && splits.stream().mapToLong(RecordFileSplit::length).sum() == file.size();
    }

    /**
     * Hands out what a reader is to read next; nothing if there is nothing for it now.
     *
     * @param ahead whether the reader still has something to read: then it gets nothing large, and
     *     nothing that others need
     * @param others how many readers have nothing to read
     */
    List<RecordFileSplit> take(int subtask, @Nullable String host, boolean ahead, int others) {
        List<RecordFileSplit> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < MAX_SPLITS_AT_A_TIME) {
            RecordFileSplit split = keyed.next(subtask, bytesLeft(batch, bytes));
            if (split == null) {
                break;
            }
            batch.add(split);
            bytes += split.length();
        }
        int share = ahead ? Math.min(fairShare(), queue.size() - others) : fairShare();
        int limit = Math.min(MAX_SPLITS_AT_A_TIME, batch.size() + share);
        while (batch.size() < limit) {
            RecordFileSplit split =
                    queue.next(host, ahead ? MAX_BYTES_AT_A_TIME - bytes : bytesLeft(batch, bytes));
            if (split == null) {
                break;
            }
            if (split.kind() == Kind.SCAN) {
                scans.assigned(split.splitId(), subtask);
            }
            batch.add(split);
            bytes += split.length();
        }
        return batch;
    }

    private static long bytesLeft(List<RecordFileSplit> batch, long bytes) {
        return batch.isEmpty() ? Long.MAX_VALUE : MAX_BYTES_AT_A_TIME - bytes;
    }

    /** What a reader takes without leaving the others nothing to do. */
    private int fairShare() {
        return (queue.size() + 2 * parallelism - 1) / (2 * parallelism);
    }

    /** Whether there is, or may come up by itself, a split for this reader. */
    boolean mayGet(int subtask) {
        return queue.size() > 0 || !scans.isEmpty() || keyed.isWaitingFor(subtask);
    }

    void checkpointBegins(long checkpointId) {
        keyed.checkpointBegins(checkpointId);
    }

    void checkpointCompleted(long checkpointId) {
        keyed.checkpointCompleted(checkpointId);
    }

    boolean hasRoom() {
        return waitingCount() < MAX_WAITING;
    }

    int waitingCount() {
        return queue.size() + keyed.size();
    }

    /** How much is to be read of what waits. */
    long waitingBytes() {
        return waiting().stream().mapToLong(RecordFileSplit::length).sum();
    }

    List<RecordFileSplit> waiting() {
        List<RecordFileSplit> splits = new ArrayList<>(queue.content());
        splits.addAll(keyed.content());
        return splits;
    }

    Map<String, String> openKeys() {
        return keyed.open();
    }

    List<FileScan> scans() {
        return scans.content();
    }
}
