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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class ReplicaChoiceTest {

    private static final RedisNode A = new RedisNode("a", 1);
    private static final RedisNode B = new RedisNode("b", 1);
    private static final RedisNode C = new RedisNode("c", 1);

    private final ReplicaChoice choice = new ReplicaChoice();

    @Test
    void staysTheSameInWhateverOrderTheReplicasAreListed() {
        assertThat(choice.of(List.of(A, B, C)))
                .isEqualTo(choice.of(List.of(C, A, B)))
                .isEqualTo(choice.of(List.of(B, C, A)));
    }

    @Test
    void takesItsTurnWithEachReplica() {
        Set<RedisNode> chosen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            chosen.add(choice.of(List.of(A, B, C)).orElseThrow());
            choice.next();
        }
        assertThat(chosen).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void isNoneWhereThereIsNone() {
        assertThat(choice.of(List.of())).isEmpty();
    }
}
