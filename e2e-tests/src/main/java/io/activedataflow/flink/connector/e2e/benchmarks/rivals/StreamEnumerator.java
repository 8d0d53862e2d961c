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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Optional;

/** Assigns the one stream to the one reader. Coordinator thread. */
final class StreamEnumerator implements SplitEnumerator<StreamSplit, Optional<StreamSplit>> {

    private final SplitEnumeratorContext<StreamSplit> context;
    private Optional<StreamSplit> unassigned;

    StreamEnumerator(
            SplitEnumeratorContext<StreamSplit> context, Optional<StreamSplit> unassigned) {
        this.context = context;
        this.unassigned = unassigned;
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        unassigned.ifPresent(split -> context.assignSplit(split, subtask));
        unassigned = Optional.empty();
    }

    @Override
    public void addSplitsBack(List<StreamSplit> splits, int subtask) {
        if (!splits.isEmpty()) {
            unassigned = Optional.of(splits.get(0));
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public Optional<StreamSplit> snapshotState(long checkpointId) {
        return unassigned;
    }

    @Override
    public void close() {}
}
