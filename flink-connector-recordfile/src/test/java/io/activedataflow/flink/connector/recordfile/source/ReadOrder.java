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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** In which order readers emit the records of each key, all readers together. Task threads. */
final class ReadOrder {

    private final Map<String, Long> next = new ConcurrentHashMap<>();
    private final Set<SequenceLedger.Break> breaks = ConcurrentHashMap.newKeySet();

    /** Takes note of a record, on the thread of its reader. */
    void read(String key, long number) {
        next.merge(
                key,
                number + 1,
                (expected, unused) -> {
                    if (number != expected) {
                        breaks.add(new SequenceLedger.Break(key, expected, number));
                    }
                    return number + 1;
                });
    }

    /** Records that were not the next of their key. */
    Set<SequenceLedger.Break> breaks() {
        return Set.copyOf(breaks);
    }
}
