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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The splits of a reader in the order in which they came, and which of them is to be read: one at a
 * time, until it ends or is paused. Not thread-safe.
 */
@Internal
final class AssignedSplits {

    private final Map<String, RecordFileSplit> splits = new LinkedHashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private @Nullable RecordFileSplit current;

    void add(RecordFileSplit split) {
        splits.put(split.splitId(), split);
    }

    /** Takes note that a split has been read to its end, though not all of it handed on. */
    void endRead(String splitId) {
        read.add(splitId);
        current = null;
    }

    /** Forgets a split; of one that is not known, or is forgotten already, nothing happens. */
    void remove(String splitId) {
        splits.remove(splitId);
        paused.remove(splitId);
        read.remove(splitId);
    }

    /** Pauses or resumes a split; nothing happens to one that has just ended. */
    void setPaused(String splitId, boolean isPaused) {
        if (!splits.containsKey(splitId)) {
            return;
        }
        if (isPaused) {
            paused.add(splitId);
        } else {
            paused.remove(splitId);
        }
    }

    boolean isPaused(String splitId) {
        return paused.contains(splitId);
    }

    /** The split to read now, or null if there is none that may be read. */
    @Nullable
    RecordFileSplit toRead() {
        if (current == null || isPaused(current.splitId())) {
            current = firstReadable();
        }
        return current;
    }

    private @Nullable RecordFileSplit firstReadable() {
        for (RecordFileSplit split : splits.values()) {
            if (!isPaused(split.splitId()) && !read.contains(split.splitId())) {
                return split;
            }
        }
        return null;
    }
}
