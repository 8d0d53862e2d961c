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

package io.activedataflow.flink.connector.recordfile.metrics;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * Frees what Flink keeps of splits that have ended. From 2.1 on, Flink registers a group of metrics
 * for each split that a reader is given, and closes it at the end of the split, but keeps the group
 * itself until the task ends: about a kilobyte for every file that was ever read, which in time is
 * all of the heap.
 *
 * <p>Closing the group that all of them belong to makes Flink begin a new one. What is lost are the
 * metrics by split of those few splits that a reader has at that moment. Task thread only.
 */
@Internal
public final class FinishedSplitMetrics {

    /** How many ended splits may be kept. */
    static final int MAX_KEPT = 1000;

    /** Of Flink; all groups of splits are below it. */
    private static final String SPLIT = "split";

    private final MetricGroup readerGroup;
    private int kept;

    /**
     * @param readerGroup the group of the reader
     */
    public FinishedSplitMetrics(MetricGroup readerGroup) {
        this.readerGroup = readerGroup;
    }

    /** Takes note of splits that have ended. */
    public void splitsFinished(int splits) {
        kept += splits;
        if (kept >= MAX_KEPT) {
            kept = 0;
            if (readerGroup.addGroup(SPLIT) instanceof AbstractMetricGroup<?> group) {
                group.close();
            }
        }
    }
}
