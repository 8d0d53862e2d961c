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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.testutils.Await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the jobs of a test have read, by the subtask that has read it: each record that is part of a
 * job's state, and so each once. Thread-safe.
 */
final class CollectedRecords {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Map<Integer, List<String>> bySubtask = new ConcurrentHashMap<>();

    synchronized void add(int subtask, String record) {
        bySubtask.computeIfAbsent(subtask, unused -> new ArrayList<>()).add(record);
    }

    /** The subtask goes back to what it had read at a checkpoint. */
    synchronized void reset(int subtask, List<String> records) {
        bySubtask.put(subtask, new ArrayList<>(records));
    }

    /** What one subtask has read, in order. */
    synchronized List<String> of(int subtask) {
        return List.copyOf(bySubtask.getOrDefault(subtask, List.of()));
    }

    synchronized int count() {
        return bySubtask.values().stream().mapToInt(List::size).sum();
    }

    /** All records, sorted. */
    synchronized List<String> sorted() {
        return bySubtask.values().stream().flatMap(List::stream).sorted().toList();
    }

    /** Waits until so many records have been read. */
    void awaitCount(int records) {
        Await.until(
                records + " records",
                PATIENCE,
                () -> count() >= records,
                () -> "There are " + count() + '.');
    }
}
