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

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which readers have something to read, so that nobody reads ahead what another could begin now.
 * Coordinator thread only.
 */
@Internal
final class SplitHolders {

    private final int parallelism;
    private final Map<Integer, Set<String>> held = new HashMap<>();
    private final Set<Integer> done = new HashSet<>();

    SplitHolders(int parallelism) {
        this.parallelism = parallelism;
    }

    void took(int subtask, Collection<String> splitIds) {
        if (!splitIds.isEmpty()) {
            held.computeIfAbsent(subtask, none -> new HashSet<>()).addAll(splitIds);
        }
    }

    void finished(int subtask, Collection<String> splitIds) {
        Set<String> ids = held.get(subtask);
        if (ids != null) {
            ids.removeAll(splitIds);
            if (ids.isEmpty()) {
                held.remove(subtask);
            }
        }
    }

    /** A reader will not ask again. */
    void needsNoMore(int subtask) {
        done.add(subtask);
    }

    /** A reader has gone, and with it what it had. */
    void forget(int subtask) {
        held.remove(subtask);
        done.remove(subtask);
    }

    boolean holdsAny(int subtask) {
        return held.containsKey(subtask);
    }

    /** How many other readers have nothing to read, those included that have not started yet. */
    int countOfOthersWithout(int subtask) {
        Set<Integer> provided = new HashSet<>(held.keySet());
        provided.addAll(done);
        provided.add(subtask);
        return Math.max(0, parallelism - provided.size());
    }
}
