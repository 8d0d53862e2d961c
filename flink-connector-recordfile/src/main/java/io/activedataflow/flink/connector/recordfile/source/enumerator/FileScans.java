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

import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files that readers look at before they are cut. They are in the state until all answers have
 * come, so that no answer can be lost. Coordinator thread only.
 */
@Internal
final class FileScans {

    private static final Logger LOG = LoggerFactory.getLogger(FileScans.class);

    /** By the ID of the split that reads the file as a whole. */
    private final Map<String, Answered> scans = new LinkedHashMap<>();

    /** The blocks without an answer, by the ID of the scan split. */
    private final Map<String, Block> open = new LinkedHashMap<>();

    private final Map<String, Integer> owners = new HashMap<>();

    private record Block(String fileId, int number) {}

    private record Answered(FileScan scan, Map<Integer, BlockSummary> summaries) {}

    /** Adds a file; returns the splits that have to look at it. */
    List<RecordFileSplit> add(FileScan scan) {
        List<RecordFileSplit> splits = new ArrayList<>();
        Answered answered = new Answered(scan, new TreeMap<>(scan.summaries()));
        if (scans.putIfAbsent(scan.whole().splitId(), answered) == null) {
            for (int block = 0; block < scan.blocks(); block++) {
                if (!scan.summaries().containsKey(block)) {
                    open.put(scan.scanId(block), new Block(scan.whole().splitId(), block));
                    splits.add(scan.scanSplit(block));
                }
            }
        }
        return splits;
    }

    /** Whether the answer to this scan split is still needed. */
    boolean isOpen(String scanId) {
        return open.containsKey(scanId);
    }

    void assigned(String scanId, int subtask) {
        owners.put(scanId, subtask);
    }

    /**
     * What follows from an answer.
     *
     * @param splits that read the file, if it was the last answer needed
     * @param obsolete the IDs of scan splits whose answers are not needed any more
     */
    record Outcome(List<RecordFileSplit> splits, List<String> obsolete) {

        private static final Outcome NONE = new Outcome(List.of(), List.of());
    }

    /** Takes an answer; what nobody waits for is ignored. */
    Outcome answered(ScannedBlockEvent answer) {
        Block block = open.get(answer.splitId());
        if (block == null) {
            return Outcome.NONE;
        }
        Answered answered = scans.get(block.fileId);
        FileScan scan = answered.scan;
        if (answer.whyNot() != null) {
            LOG.info("{} is read as one split: {}", scan.whole().path(), answer.whyNot());
            return new Outcome(List.of(scan.whole()), close(scan));
        }
        if (!scan.exact()) {
            return new Outcome(scan.cutSplits(), close(scan));
        }
        if (answer.summary() == null) {
            throw new IllegalArgumentException(
                    "A block of " + scan.whole().path() + " was looked through with no result.");
        }
        answered.summaries.put(block.number, answer.summary());
        open.remove(answer.splitId());
        owners.remove(answer.splitId());
        return answered.summaries.size() == scan.blocks()
                ? new Outcome(cut(scan.with(answered.summaries)), close(scan))
                : Outcome.NONE;
    }

    private static List<RecordFileSplit> cut(FileScan scan) {
        ExactCuts cuts = scan.exactCuts();
        if (!cuts.whyWhole().isEmpty()) {
            LOG.warn("{} is read as one split: {}", scan.whole().path(), cuts.whyWhole());
        }
        return scan.readSplits(cuts);
    }

    /** Forgets a file; returns the IDs of the scan splits that have no answer. */
    private List<String> close(FileScan scan) {
        scans.remove(scan.whole().splitId());
        List<String> obsolete = new ArrayList<>();
        for (int block = 0; block < scan.blocks(); block++) {
            String scanId = scan.scanId(block);
            owners.remove(scanId);
            if (open.remove(scanId) != null) {
                obsolete.add(scanId);
            }
        }
        return obsolete;
    }

    /** Forgets files that have other contents now; returns the IDs of their scan splits. */
    List<String> drop(Set<Path> paths) {
        List<String> obsolete = new ArrayList<>();
        for (Answered answered : List.copyOf(scans.values())) {
            if (paths.contains(answered.scan.whole().path())) {
                obsolete.addAll(close(answered.scan));
            }
        }
        return obsolete;
    }

    /**
     * Takes note of all splits that a reader goes on with after it was started.
     *
     * @return the scan splits that it had, whose answers have been lost
     */
    List<RecordFileSplit> started(int subtask, Collection<String> splitIds) {
        List<RecordFileSplit> lost = new ArrayList<>();
        splitIds.stream().filter(this::isOpen).forEach(id -> owners.put(id, subtask));
        open.forEach(
                (id, block) -> {
                    Integer owner = owners.get(id);
                    if (owner != null && owner == subtask && !splitIds.contains(id)) {
                        lost.add(scans.get(block.fileId).scan.scanSplit(block.number));
                    }
                });
        lost.forEach(split -> owners.remove(split.splitId()));
        return lost;
    }

    /** The reader that had this scan split has lost it. */
    void lost(String scanId) {
        owners.remove(scanId);
    }

    /** Whether no file is being looked at. */
    boolean isEmpty() {
        return scans.isEmpty();
    }

    /** For the state. */
    List<FileScan> content() {
        return scans.values().stream()
                .map(answered -> answered.scan.with(answered.summaries))
                .toList();
    }
}
