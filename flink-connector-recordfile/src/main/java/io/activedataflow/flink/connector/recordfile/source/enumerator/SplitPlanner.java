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
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDistribution;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileRange;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitIds;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkRuntimeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.List;

/** Decides into which splits a file is cut, and with which key. Coordinator thread. */
@Internal
final class SplitPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(SplitPlanner.class);

    /**
     * A file that is scanned is read twice. That is worth it where it is larger than this part of
     * what each reader has to read; otherwise no reader is idle for longer than this part of the
     * time, while the others read their last files.
     */
    private static final double WORTH_SCANNING = 0.25;

    /**
     * The more parts there are for each reader, the less one has to wait at the end for those that
     * have begun their last part later, or read more slowly.
     */
    private static final int PARTS_FOR_EACH_READER = 16;

    private final RecordFileSelection selection;
    private final RecordFileDistribution distribution;
    private final FileCutting cutting;
    private final PositionOverrides overrides;
    private final int parallelism;
    private boolean saidWhyNot;

    SplitPlanner(
            RecordFileSelection selection,
            RecordFileDistribution distribution,
            FileCutting cutting,
            PositionOverrides overrides,
            int parallelism) {
        this.selection = selection;
        this.distribution = distribution;
        this.cutting = cutting;
        this.overrides = overrides;
        this.parallelism = parallelism;
    }

    /**
     * What is to be done with a file.
     *
     * @param splits that read it; none if it is looked at first
     * @param scan how it is looked at; null if it is read
     */
    record Plan(List<RecordFileSplit> splits, @Nullable FileScan scan) {

        Plan {
            splits = List.copyOf(splits);
        }

        /** How many readers can work on the file at the same time. */
        int parts() {
            return scan == null ? splits.size() : scan.parts();
        }
    }

    /**
     * @param bytesToRead how much there is to read, this file included
     */
    Plan plan(ListedFile file, long bytesToRead) {
        return plan(
                file,
                bytesToRead,
                parallelism == 1
                        ? Long.MAX_VALUE
                        : bytesToRead / parallelism / PARTS_FOR_EACH_READER);
    }

    /** As {@link #plan}, with parts that are as large as they may be. */
    Plan planOfLargeParts(ListedFile file, long bytesToRead) {
        return plan(file, bytesToRead, Long.MAX_VALUE);
    }

    private Plan plan(ListedFile file, long bytesToRead, long mostBytesOfPart) {
        String key = key(file);
        RecordFileSplit whole = split(file, Kind.READ, 0, file.size(), key, file.hosts());
        if (!key.isEmpty()) {
            return new Plan(List.of(whole), null);
        }
        boolean isCut = cutting.cuts(file.path().getName(), file.size());
        long partSize = isCut ? cutting.partSize(file.size(), mostBytesOfPart) : file.size();
        if (isCut && cutting.looked()) {
            boolean exact = cutting.splitting() == RecordFileSplitting.EXACT;
            if (exact && !isWorthScanning(file, bytesToRead)) {
                return new Plan(List.of(whole), null);
            }
            return new Plan(List.of(), FileScan.of(whole, partSize, exact));
        }
        // The places are guessed: no good where a line break can stand inside of a record.
        if (cutting.splitting() == RecordFileSplitting.LINE && file.ranges().size() > 1) {
            return new Plan(file.ranges().stream().map(range -> split(file, range)).toList(), null);
        }
        if (isCut) {
            return new Plan(FileScan.of(whole, partSize, false).cutSplits(), null);
        }
        sayWhyNotSplit(file);
        return new Plan(List.of(whole), null);
    }

    private boolean isWorthScanning(ListedFile file, long bytesToRead) {
        return parallelism > 1 && file.size() > WORTH_SCANNING * bytesToRead / parallelism;
    }

    private String key(ListedFile file) {
        String key;
        try {
            key = distribution.key(file.path().toString(), selection.pathParts(file.path()));
        } catch (RuntimeException e) {
            throw new FlinkRuntimeException(
                    "The distribution "
                            + distribution
                            + " has failed for the file "
                            + file.path()
                            + '.',
                    e);
        }
        if (key == null) {
            throw new FlinkRuntimeException(
                    "The distribution "
                            + distribution
                            + " returned null for the file "
                            + file.path()
                            + ". Return a key, or an empty text for none.");
        }
        return key;
    }

    private RecordFileSplit split(ListedFile file, FileRange range) {
        return split(file, Kind.READ_CUT, range.offset(), range.length(), "", range.hosts());
    }

    private RecordFileSplit split(
            ListedFile file, Kind kind, long offset, long length, String key, List<String> hosts) {
        return overrides.mark(
                new RecordFileSplit(
                        RecordFileSplitIds.of(file.path(), file.identity(), kind, offset),
                        file.path(),
                        offset,
                        length,
                        kind,
                        file.identity(),
                        RecordFilePosition.atOffset(offset),
                        0,
                        key,
                        hosts.toArray(new String[0])));
    }

    private void sayWhyNotSplit(ListedFile file) {
        if (!saidWhyNot && !cutting.isPossible() && cutting.isLarge(file.size())) {
            saidWhyNot = true;
            LOG.info(
                    "{} with {} bytes, and others as large, are read as one split each: {}",
                    file.path(),
                    file.size(),
                    cutting.whyNot());
        }
    }
}
