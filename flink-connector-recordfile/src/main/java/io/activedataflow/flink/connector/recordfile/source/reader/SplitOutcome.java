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

import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What came of a split other than that all its records have been handed over. */
@Internal
sealed interface SplitOutcome {

    /** It was a block to be looked through. */
    record Scanned(ScannedBlockEvent event) implements SplitOutcome {}

    /** It was read by a format of which the bytes are known at the end only. */
    record Read(long bytes) implements SplitOutcome {}

    /** What had not been read when its file was found changed is left out. */
    record Skipped(String reason) implements SplitOutcome {}

    /** From the worker thread, before the split ends, to the task thread, after that. */
    final class Board {
        private final Map<String, SplitOutcome> outcomes = new ConcurrentHashMap<>();

        void put(String splitId, SplitOutcome outcome) {
            outcomes.put(splitId, outcome);
        }

        @Nullable
        SplitOutcome take(String splitId) {
            return outcomes.remove(splitId);
        }
    }
}
