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

import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.PublicEvolving;

import java.util.LinkedHashSet;
import java.util.List;

/** Streams of given keys; made by {@link RedisStreamsSelection#keys(List)}. */
@PublicEvolving
public final class RedisStreamsKeys implements RedisStreamsSelection {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final LinkedHashSet<String> keys;

    RedisStreamsKeys(List<String> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "keys() needs at least one stream key; the list is empty.");
        }
        this.keys = new LinkedHashSet<>();
        for (String key : keys) {
            this.keys.add(Keys.requireKey("keys()", key));
        }
    }

    /** The keys in the order they were given, each once. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    @Override
    public boolean selects(String streamKey) {
        return keys.contains(streamKey);
    }

    @Override
    public int partitionOf(String streamKey) {
        return RedisStreamsSplit.NO_PARTITION;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisStreamsKeys that && keys.equals(that.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        String shown = String.join("', '", keys.stream().limit(SHOWN).toList());
        int more = keys.size() - SHOWN;
        return "keys '" + shown + '\'' + (more > 0 ? " and " + more + " more" : "");
    }
}
