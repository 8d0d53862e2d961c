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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The splits of one key, in order: those that wait, and those that are with readers. Usually one is
 * with a reader; there can be more while readers go back to an earlier checkpoint.
 */
@Internal
final class KeyedLine {

    static final int UNKNOWN_OWNER = -1;

    private final String key;
    private final int subtask;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, Integer> open = new HashMap<>();

    /**
     * @param order smaller for what is to be handed out earlier; different in each line
     */
    record Waiting(long order, RecordFileSplit split) {}

    KeyedLine(String key, int parallelism) {
        this.key = key;
        this.subtask = subtaskOf(key, parallelism);
    }

    private static int subtaskOf(String key, int parallelism) {
        int hash = key.hashCode();
        // Names that differ in a last digit only are to be spread over all readers.
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        return Math.floorMod(hash ^ (hash >>> 13), parallelism);
    }

    String key() {
        return key;
    }

    /** The reader that gets what waits. */
    int subtask() {
        return subtask;
    }

    /** The splits that wait, the next one first. */
    Deque<Waiting> waiting() {
        return waiting;
    }

    /** The owners of the splits that are with readers, by ID. */
    Map<String, Integer> open() {
        return open;
    }

    /** The split to be handed out now, if there is one. */
    @Nullable
    Waiting ready() {
        return open.isEmpty() ? waiting.peekFirst() : null;
    }

    boolean isEmpty() {
        return open.isEmpty() && waiting.isEmpty();
    }
}
