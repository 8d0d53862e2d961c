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

package io.activedataflow.flink.connector.redis.source.split;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.Arrays;
import java.util.Random;

/** Splits of all kinds, and damaged bytes, for property tests. */
public final class SplitStrategies {

    private SplitStrategies() {}

    public static Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(40);
    }

    public static Arbitrary<StreamEntryId> ids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(StreamEntryId::new);
    }

    public static Arbitrary<RedisStreamsSplit> splits() {
        Arbitrary<StopPoint> stops =
                Combinators.combine(ids(), Arbitraries.of(true, false)).as(StopPoint::new);
        return Combinators.combine(
                        keys(),
                        Arbitraries.integers().greaterOrEqual(-1),
                        ids(),
                        Arbitraries.longs().greaterOrEqual(-1),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        stops.injectNull(0.3),
                        ids().injectNull(0.5))
                .as(RedisStreamsSplit::new);
    }

    /** The bytes with some of them changed, cut off or added. */
    public static byte[] damage(byte[] bytes, long seed) {
        Random random = new Random(seed);
        byte[] damaged =
                Arrays.copyOf(
                        bytes,
                        random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 16));
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
        }
        return damaged;
    }
}
