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

package io.activedataflow.flink.connector.e2e.quickstart;

import java.util.HashMap;
import java.util.Map;

/** How often each of some things occurs: a multiset. Not thread-safe. */
final class Tally<T> {

    private final Map<T, Long> counts = new HashMap<>();
    private long total;

    void add(T thing) {
        counts.merge(thing, 1L, Long::sum);
        total++;
    }

    /** All occurrences of all things. */
    long total() {
        return total;
    }

    /** How many occurrences there are here, over all things, that the other does not have. */
    long surplusOver(Tally<T> other) {
        return counts.entrySet().stream()
                .mapToLong(
                        entry ->
                                Math.max(
                                        0,
                                        entry.getValue()
                                                - other.counts.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }
}
