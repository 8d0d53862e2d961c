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

/**
 * All streams whose keys match a glob pattern; made by {@link
 * RedisStreamsSelection#pattern(String)}.
 *
 * @param glob the pattern, as {@code SCAN … MATCH} takes it
 */
@PublicEvolving
public record RedisStreamsPattern(String glob) implements RedisStreamsSelection {

    private static final long serialVersionUID = 1L;

    public RedisStreamsPattern {
        Keys.requireKey("pattern()", glob);
    }

    @Override
    public boolean selects(String streamKey) {
        return new RedisGlob(glob).matches(streamKey);
    }

    @Override
    public int partitionOf(String streamKey) {
        return RedisStreamsSplit.NO_PARTITION;
    }

    @Override
    public String toString() {
        return "pattern '" + glob + '\'';
    }
}
