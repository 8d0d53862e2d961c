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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The splits a reader has, and the one to read now: the first that is not paused, until it ends.
 * Splits that were being read when a checkpoint was taken, or are resumed, take turns before
 * another is begun, so that each of them gets on in event time.
 *
 * <p>While a split is paused, those with the same distribution key that come after it are paused as
 * well. Not thread-safe.
 */
@Internal
final class AssignedSplits {

    private final Map<String, RecordFileSplit> splits = new LinkedHashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Deque<RecordFileSplit> begun = new ArrayDeque<>();

    void add(RecordFileSplit split) {
        splits.put(split.splitId(), split);
        if (!split.isUntouched()) {
            begun.add(split);
        }
    }

    /** Takes note that a split has been read to its end, though not all of it handed on. */
    void endRead(String splitId) {
        read.add(splitId);
        begun.removeIf(split -> split.splitId().equals(splitId));
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
        if (paused.isEmpty()) {
            return false;
        }
        RecordFileSplit split = splits.get(splitId);
        return paused.contains(splitId) || split != null && followsPaused(split);
    }

    private boolean followsPaused(RecordFileSplit split) {
        String key = split.distributionKey();
        if (key.isEmpty()) {
            return false;
        }
        for (RecordFileSplit earlier : splits.values()) {
            if (earlier.splitId().equals(split.splitId())) {
                return false;
            }
            if (earlier.distributionKey().equals(key) && paused.contains(earlier.splitId())) {
                return true;
            }
        }
        return false;
    }

    /** The split to read a batch of now, or null if there is none that may be read. */
    @Nullable
    RecordFileSplit toRead() {
        for (int turn = 0; turn < begun.size(); turn++) {
            RecordFileSplit split = begun.remove();
            begun.add(split);
            if (!isPaused(split.splitId())) {
                return split;
            }
        }
        for (RecordFileSplit split : splits.values()) {
            if (!isPaused(split.splitId())
                    && !read.contains(split.splitId())
                    && !begun.contains(split)) {
                begun.add(split);
                return split;
            }
        }
        return null;
    }
}
