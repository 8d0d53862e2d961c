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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.split.OverriddenRange;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds the splits that a reader is restored with against the configuration of the job as it is
 * now: those of files that are no longer selected are dropped, positions given by hand are applied.
 * Task thread only.
 */
@Internal
final class RestoredSplits {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredSplits.class);

    private final RecordFileSelection selection;
    private final PositionOverrides overrides;
    private final List<OverriddenRange> overridden = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    RestoredSplits(RecordFileSelection selection, PositionOverrides overrides) {
        this.selection = selection;
        this.overrides = overrides;
    }

    /** The splits to go on with. */
    List<RecordFileSplit> restore(List<RecordFileSplit> splits) {
        List<RecordFileSplit> kept = new ArrayList<>(splits.size());
        for (RecordFileSplit split : splits) {
            if (!selection.selects(split.path(), split.identity())) {
                LOG.warn(
                        "{} is no longer selected by {} and is dropped from the state. The rest of"
                                + " it is not read, also if it is selected again.",
                        split,
                        selection);
                dropped.add(split.splitId());
                continue;
            }
            overridden.addAll(OverriddenRange.among(List.of(split), overrides));
            RecordFileSplit restored = overrides.apply(split);
            if (!restored.position().equals(split.position())) {
                LOG.info("{} goes on at {}, as given by hand.", split, restored.position());
            }
            kept.add(restored);
            ids.add(split.splitId());
        }
        return kept;
    }

    /** Tells the enumerator which splits have been kept so far. */
    RestoredSplitsEvent event() {
        return new RestoredSplitsEvent(ids, overridden);
    }

    /** The IDs of all splits that were not kept. */
    List<String> dropped() {
        return dropped;
    }
}
