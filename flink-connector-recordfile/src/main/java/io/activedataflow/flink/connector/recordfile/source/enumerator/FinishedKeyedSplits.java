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

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits with a key that were finished after the last completed checkpoint: their readers have them
 * again if they fail now. Coordinator thread only.
 */
@Internal
final class FinishedKeyedSplits {

    private static final long NO_CHECKPOINT = Long.MAX_VALUE;

    private final Map<String, Finished> finished = new HashMap<>();
    private final List<String> sinceLastCheckpoint = new ArrayList<>();

    /**
     * @param checkpointId the first checkpoint that does not have the split any more
     */
    private record Finished(String key, int owner, long checkpointId) {}

    void add(String splitId, String key, int owner) {
        finished.put(splitId, new Finished(key, owner, NO_CHECKPOINT));
        sinceLastCheckpoint.add(splitId);
    }

    /** Takes out what this reader has finished; returns the keys by ID. */
    Map<String, String> takeAllOf(int subtask) {
        Map<String, String> keys = new HashMap<>();
        finished.forEach(
                (id, split) -> {
                    if (split.owner == subtask) {
                        keys.put(id, split.key);
                    }
                });
        finished.keySet().removeAll(keys.keySet());
        return keys;
    }

    void checkpointBegins(long checkpointId) {
        for (String id : sinceLastCheckpoint) {
            finished.computeIfPresent(
                    id, (same, split) -> new Finished(split.key, split.owner, checkpointId));
        }
        sinceLastCheckpoint.clear();
    }

    void checkpointCompleted(long checkpointId) {
        finished.values().removeIf(split -> split.checkpointId <= checkpointId);
    }
}
