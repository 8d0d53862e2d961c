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

package io.activedataflow.flink.connector.amps.standin.sow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The changes of the records of one topic, as far back as its window reaches. */
final class SowHistory {

    private static final long NANOS_PER_MICRO = 1000;

    private final long windowMicros;
    private final Map<String, SowRecord> base = new LinkedHashMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    /**
     * @param record null if the record is gone
     */
    private record Change(long micros, String key, SowRecord record) {}

    SowHistory(SowTopic.History history) {
        this.windowMicros = history.window().toNanos() / NANOS_PER_MICRO;
    }

    void changed(long micros, String key, SowRecord record) {
        changes.add(new Change(micros, key, record));
        while (changes.peek().micros() < micros - windowMicros) {
            apply(changes.remove(), base);
        }
    }

    /** The records at a point in time; none if that is before the window. */
    List<SowRecord> at(long micros, long nowMicros) {
        if (micros < nowMicros - windowMicros) {
            return List.of();
        }
        Map<String, SowRecord> records = new LinkedHashMap<>(base);
        for (Change change : changes) {
            if (change.micros() > micros) {
                break;
            }
            apply(change, records);
        }
        return new ArrayList<>(records.values());
    }

    private static void apply(Change change, Map<String, SowRecord> records) {
        if (change.record() == null) {
            records.remove(change.key());
        } else {
            records.put(change.key(), change.record());
        }
    }
}
