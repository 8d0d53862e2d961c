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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitIds;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file that readers look at before it is cut: block by block, for places to cut it at exactly, or
 * only at its beginning, for whether it can be cut at all. What it is cut into is read from where
 * the whole is: its beginning, or a position given by hand. Immutable.
 *
 * @param whole the split that would read the file as a whole
 * @param partSize how large the blocks are, and the parts if the file is only looked at; in bytes
 * @param exact whether all blocks are looked through
 * @param summaries what is known so far, by the number of the block
 */
@Internal
public record FileScan(
        RecordFileSplit whole, long partSize, boolean exact, Map<Integer, BlockSummary> summaries) {

    public FileScan {
        // The blocks are counted with ints, and their places in bytes.
        if (partSize < 1 || whole.length() / partSize >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    whole.path()
                            + " with "
                            + whole.length()
                            + " bytes cannot be cut into parts of "
                            + partSize
                            + '.');
        }
        summaries = Map.copyOf(summaries);
        for (int block : summaries.keySet()) {
            if (block < 0 || block * partSize >= whole.length()) {
                throw new IllegalArgumentException(
                        whole.path() + " has no block " + block + " of " + partSize + " bytes.");
            }
        }
    }

    static FileScan of(RecordFileSplit whole, long partSize, boolean exact) {
        return new FileScan(whole, partSize, exact, Map.of());
    }

    /** The ID of the split that looks at a block. */
    String scanId(int block) {
        return RecordFileSplitIds.of(whole.path(), whole.identity(), Kind.SCAN, block * partSize);
    }

    /** How many splits look at the file. */
    int blocks() {
        return exact ? parts() : 1;
    }

    /** About how many splits read the file, if it can be cut. */
    int parts() {
        return (int) ((whole.length() - 1) / partSize) + 1;
    }

    /** The split that looks at a block; of length 0 if the file is only looked at. */
    RecordFileSplit scanSplit(int block) {
        long start = block * partSize;
        long end = exact ? Math.min(start + partSize, whole.length()) : start;
        return split(Kind.SCAN, RecordFilePosition.atOffset(start), end);
    }

    FileScan withWhole(RecordFileSplit newWhole) {
        return new FileScan(newWhole, partSize, exact, summaries);
    }

    FileScan with(Map<Integer, BlockSummary> newSummaries) {
        return new FileScan(whole, partSize, exact, newSummaries);
    }

    /** Where to cut; all blocks have to have been looked through. */
    ExactCuts exactCuts() {
        List<Long> starts = new ArrayList<>();
        List<BlockSummary> inOrder = new ArrayList<>();
        for (int block = 0; block < blocks(); block++) {
            starts.add(block * partSize);
            inOrder.add(summaries.get(block));
        }
        return ExactCuts.of(whole.length(), starts, inOrder);
    }

    /** The splits that read these ranges. */
    List<RecordFileSplit> readSplits(ExactCuts cuts) {
        return cuts.ranges().stream()
                .map(range -> split(Kind.READ, range.start(), range.end()))
                .toList();
    }

    /** The splits that read the file if it is cut at any place. */
    List<RecordFileSplit> cutSplits() {
        List<RecordFileSplit> splits = new ArrayList<>();
        for (long start = 0; start < whole.length(); start += partSize) {
            splits.add(
                    split(
                            Kind.READ_CUT,
                            RecordFilePosition.atOffset(start),
                            Math.min(start + partSize, whole.length())));
        }
        return splits;
    }

    private RecordFileSplit split(Kind kind, RecordFilePosition start, long end) {
        RecordFileSplit split =
                new RecordFileSplit(
                                RecordFileSplitIds.of(
                                        whole.path(), whole.identity(), kind, start.offset()),
                                whole.path(),
                                start.offset(),
                                end - start.offset(),
                                kind,
                                whole.identity(),
                                start,
                                0,
                                "",
                                whole.hostnames())
                        .withOverride(whole.appliedOverride());
        return kind == Kind.SCAN || whole.isUntouched()
                ? split
                : PositionOverrides.move(split, whole.position());
    }
}
