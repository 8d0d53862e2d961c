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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What start and stop positions refuse. */
@Internal
final class PositionChecks {

    private PositionChecks() {}

    static void requireEpochMillis(long epochMillis) {
        if (epochMillis < 0) {
            throw new IllegalArgumentException(
                    "timestamp() got "
                            + epochMillis
                            + ". Entry IDs count milliseconds from the epoch; give 0 or more.");
        }
    }

    /** A sorted, unmodifiable copy, so that equal positions also read the same. */
    static Map<String, StreamEntryId> copyOf(String what, Map<String, StreamEntryId> ids) {
        TreeMap<String, StreamEntryId> copy = new TreeMap<>();
        ids.forEach(
                (key, id) -> {
                    Keys.requireKey(what, key);
                    if (id == null) {
                        throw new IllegalArgumentException(
                                what + " got no ID for the stream '" + key + "'.");
                    }
                    copy.put(key, id);
                });
        return Collections.unmodifiableMap(copy);
    }
}
