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

package io.activedataflow.flink.connector.e2e.benchmarks;

import java.util.Arrays;

/** Who takes part. */
enum Role {
    DRAIN("drain", "bare socket, bytes only"),
    JEDIS_LOOP("jedis-loop", "plain Jedis xreadBinary"),
    SOURCE("source", "Flink job, RedisStreamsSource"),
    JEDIS_SOURCE("jedis-source", "Flink job, source on Jedis xreadBinary"),
    GROUP_SOURCE("group-source", "Flink job, XREADGROUP + XACK");

    private final String id;
    private final String description;

    Role(String id, String description) {
        this.id = id;
        this.description = description;
    }

    String id() {
        return id;
    }

    String description() {
        return description;
    }

    static Role named(String id) {
        return Arrays.stream(values())
                .filter(role -> role.id.equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "benchmarks.contestants names '"
                                                + id
                                                + "'; there are "
                                                + Arrays.stream(values()).map(Role::id).toList()
                                                + '.'));
    }
}
