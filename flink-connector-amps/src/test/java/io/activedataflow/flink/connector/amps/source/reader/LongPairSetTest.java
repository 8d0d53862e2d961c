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

package io.activedataflow.flink.connector.amps.source.reader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Against a set of objects. */
@Timeout(60)
class LongPairSetTest {

    @Test
    void behavesLikeASetOfPairs() {
        Random random = new Random(7);
        LongPairSet set = new LongPairSet();
        Set<List<Long>> model = new HashSet<>();
        for (int step = 0; step < 200_000; step++) {
            // Few publishers and close sequences, as of a queue, so that places collide.
            long first = random.nextInt(3);
            long second = random.nextInt(step < 100_000 ? 2000 : 200);
            List<Long> pair = List.of(first, second);
            switch (random.nextInt(3)) {
                case 0 -> assertThat(set.add(first, second)).isEqualTo(model.add(pair));
                case 1 -> assertThat(set.remove(first, second)).isEqualTo(model.remove(pair));
                default -> assertThat(set.contains(first, second)).isEqualTo(model.contains(pair));
            }
            assertThat(set.size()).isEqualTo(model.size());
        }
    }

    @Test
    void allNumbersArePossible() {
        LongPairSet set = new LongPairSet();
        set.add(0, 0);
        set.add(-1, Long.MIN_VALUE);

        assertThat(set.contains(0, 0)).isTrue();
        assertThat(set.contains(-1, Long.MIN_VALUE)).isTrue();
        assertThat(set.contains(0, -1)).isFalse();
        assertThat(set.remove(0, 0)).isTrue();
        assertThat(set.contains(0, 0)).isFalse();
        assertThat(set.isEmpty()).isFalse();
    }
}
