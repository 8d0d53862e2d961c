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

import io.activedataflow.flink.connector.recordfile.source.RecordFileDistribution;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscoverySettings;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.Objects;

/**
 * What the user decided, as far as the enumerator is concerned.
 *
 * @param discovery what to read, and how to look for it
 * @param distribution which reader reads which file
 * @param cutting whether, and into how many parts, files are cut
 * @param fileEnumerator an enumerator of Flink that lists the files; null for the connector's own
 * @param splitAssigner an assigner of Flink that orders the splits without a key; null for the
 *     order in which they were found
 * @param overrides positions put in place of those in the state
 */
@Internal
public record RecordFileEnumeratorSettings(
        FileDiscoverySettings discovery,
        RecordFileDistribution distribution,
        FileCutting cutting,
        @Nullable FileEnumerator.Provider fileEnumerator,
        @Nullable FileSplitAssigner.Provider splitAssigner,
        PositionOverrides overrides)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public RecordFileEnumeratorSettings {
        Objects.requireNonNull(discovery, "discovery");
        Objects.requireNonNull(distribution, "distribution");
        Objects.requireNonNull(cutting, "cutting");
        Objects.requireNonNull(overrides, "overrides");
    }

    /** Whether the source ends when it has read what there is. */
    public boolean bounded() {
        return discovery.bounded();
    }

    /**
     * How to look for files, so many at a time that the splits that wait are never too many for the
     * memory and the checkpoints of the job manager.
     */
    FileDiscoverySettings discoveryInRounds() {
        return new FileDiscoverySettings(
                discovery.bounded(),
                discovery.selection(),
                discovery.mode(),
                discovery.order(),
                discovery.completeness(),
                discovery.late(),
                discovery.changed(),
                discovery.contentIdentity(),
                Math.min(discovery.maxFilesPerRound(), SplitLedger.MAX_WAITING),
                discovery.maxBytesPerRound(),
                discovery.interval(),
                discovery.maxInterval(),
                discovery.retries());
    }

    SplitPlanner planner(int parallelism) {
        return new SplitPlanner(
                discovery.selection(), distribution, cutting, overrides, parallelism);
    }

    SplitQueue queue() {
        return splitAssigner == null ? new FifoSplitQueue() : new AssignerSplitQueue(splitAssigner);
    }

    @Override
    public String toString() {
        return (bounded() ? "bounded" : "continuous")
                + " source of "
                + discovery.selection()
                + ", discovery by "
                + discovery.mode()
                + ", files "
                + discovery.completeness()
                + ", read by "
                + distribution
                + (fileEnumerator == null ? "" : ", listed by " + fileEnumerator)
                + (splitAssigner == null ? "" : ", ordered by " + splitAssigner);
    }
}
