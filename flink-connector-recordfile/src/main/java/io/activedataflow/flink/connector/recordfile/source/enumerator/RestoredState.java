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
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/** Brings state from a checkpoint in line with what the job selects now. */
@Internal
final class RestoredState {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredState.class);

    private RestoredState() {}

    /**
     * The state without files that are no longer selected, and with the user's positions applied.
     * Which files have been found is not touched: one that is selected again later is not read
     * anew. Nor are the keys of splits that readers have; each is free as soon as its reader has
     * told that it has dropped the split.
     */
    static RecordFileEnumState adapt(
            RecordFileEnumState state, RecordFileSelection selection, PositionOverrides overrides) {
        List<RecordFileSplit> dropped = new ArrayList<>();
        List<RecordFileSplit> waiting = new ArrayList<>();
        for (RecordFileSplit split : state.waiting()) {
            if (isSelected(split, selection)) {
                waiting.add(apply(overrides, split));
            } else {
                dropped.add(split);
            }
        }
        List<FileScan> scans = new ArrayList<>();
        for (FileScan scan : state.scans()) {
            if (isSelected(scan.whole(), selection)) {
                scans.add(scan.withWhole(apply(overrides, scan.whole())));
            } else {
                dropped.add(scan.whole());
            }
        }
        log(dropped, selection);
        return new RecordFileEnumState(
                state.allFound(), state.discovery(), waiting, state.openKeys(), scans);
    }

    /** A bounded job lists its files once, so that roots that are new to it find nothing. */
    static void warnOfRootsThatAreNotListed(
            RecordFileEnumState state, RecordFileEnumeratorSettings settings) {
        if (!settings.bounded() || !state.allFound()) {
            return;
        }
        List<Path> notListed =
                state.discovery().newAmong(settings.discovery().selection().basePaths());
        if (!notListed.isEmpty()) {
            LOG.warn(
                    "All files of this bounded source had been found when the state was written,"
                            + " so none are looked for any more: of {}, which the job reads since,"
                            + " nothing is read. Read it with a job of its own, or go on with"
                            + " setContinuous().",
                    notListed.stream().map(root -> MaskedText.of(root.toString())).toList());
        }
    }

    private static RecordFileSplit apply(PositionOverrides overrides, RecordFileSplit split) {
        RecordFileSplit restored = overrides.apply(split);
        if (!restored.position().equals(split.position())) {
            LOG.info("{} goes on at {}, as given by hand.", split, restored.position());
        }
        return restored;
    }

    private static boolean isSelected(RecordFileSplit split, RecordFileSelection selection) {
        return selection.selects(split.path(), split.identity());
    }

    /** There can be very many that nothing has been read of, so these share a line. */
    private static void log(List<RecordFileSplit> dropped, RecordFileSelection selection) {
        int untouched = 0;
        RecordFileSplit example = null;
        for (RecordFileSplit split : dropped) {
            if (split.isUntouched()) {
                untouched++;
                example = split;
            } else {
                LOG.warn(
                        "{} is in the restored state, but is not selected by {} any more. It is"
                                + " dropped. The rest of it is not read, also if it is selected"
                                + " again.",
                        split,
                        selection);
            }
        }
        if (example != null) {
            LOG.warn(
                    "{} splits in the restored state, of which nothing has been read, are not"
                            + " selected by {} any more, such as {}. They are dropped, and not read"
                            + " if they are selected again.",
                    untouched,
                    selection,
                    example);
        }
    }
}
