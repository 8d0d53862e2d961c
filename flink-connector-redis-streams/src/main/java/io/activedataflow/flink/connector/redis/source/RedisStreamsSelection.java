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

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;
import java.util.List;

/**
 * Which streams to read: the partitions of a topic, streams of given keys, or all streams whose
 * keys match a pattern.
 *
 * <p>Immutable. Whether a key belongs to the selection is a matter of the key alone; the server is
 * asked only which of the keys exist.
 */
@PublicEvolving
public sealed interface RedisStreamsSelection extends Serializable
        permits RedisStreamsTopic, RedisStreamsKeys, RedisStreamsPattern {

    /**
     * All partitions of a topic that exist: the streams {@code <topic>-0}, {@code <topic>-1} and so
     * on. New partitions are found while the job runs. {@link RedisStreamsTopic#withKeyTemplate}
     * changes how keys are made.
     */
    static RedisStreamsTopic topic(String name) {
        return new RedisStreamsTopic(
                name, RedisStreamsTopic.DISCOVERED, RedisStreamsTopic.DEFAULT_KEY_TEMPLATE);
    }

    /**
     * A fixed number of partitions of a topic, {@code <topic>-0} to {@code <topic>-(partitions-1)},
     * whether they exist already or not.
     *
     * @param partitions at least 1
     */
    static RedisStreamsTopic topic(String name, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "The topic '"
                            + name
                            + "' cannot have "
                            + partitions
                            + " partitions. Give a number of at least 1, or none to have the"
                            + " partitions discovered.");
        }
        return new RedisStreamsTopic(name, partitions, RedisStreamsTopic.DEFAULT_KEY_TEMPLATE);
    }

    /** The streams of these keys, whether they exist already or not; repeated keys count once. */
    static RedisStreamsKeys keys(List<String> keys) {
        return new RedisStreamsKeys(keys);
    }

    /** The streams of these keys, whether they exist already or not; repeated keys count once. */
    static RedisStreamsKeys keys(String... keys) {
        return new RedisStreamsKeys(List.of(keys));
    }

    /**
     * All streams whose keys match a glob pattern of Redis ({@code *}, {@code ?}, {@code [a-z]},
     * {@code [^a-z]}, {@code \} before a literal character). New streams are found while the job
     * runs.
     */
    static RedisStreamsPattern pattern(String glob) {
        return new RedisStreamsPattern(glob);
    }

    /** Whether the stream of this key is to be read, if it exists. */
    boolean selects(String streamKey);

    /** The partition number of the stream within its topic, or -1 where it is not part of one. */
    int partitionOf(String streamKey);
}
