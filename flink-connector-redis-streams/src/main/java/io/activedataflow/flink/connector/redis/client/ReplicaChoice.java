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

package io.activedataflow.flink.connector.redis.client;

import org.apache.flink.annotation.Internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Chooses among replicas: always the same one while nothing goes wrong, so that the streams of a
 * reader share a connection, and another one for another reader. Thread-safe.
 */
@Internal
final class ReplicaChoice {

    private final AtomicInteger turn =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));

    Optional<RedisNode> of(List<RedisNode> replicas) {
        // Servers list them in any order, which must not look like another choice.
        List<RedisNode> ordered =
                replicas.stream().sorted(Comparator.comparing(RedisNode::toString)).toList();
        return ordered.isEmpty()
                ? Optional.empty()
                : Optional.of(ordered.get(Math.floorMod(turn.get(), ordered.size())));
    }

    /** Chooses another one from now on. */
    void next() {
        turn.incrementAndGet();
    }
}
