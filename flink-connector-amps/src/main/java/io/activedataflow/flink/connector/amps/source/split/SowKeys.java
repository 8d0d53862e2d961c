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

package io.activedataflow.flink.connector.amps.source.split;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys of records of the state of the world, by topic, since the same key may stand for another
 * record there. Immutable; the mutable counterpart is {@link SowKeySet}.
 */
@Internal
public final class SowKeys {

    public static final SowKeys NONE = new SowKeys(Map.of());

    private final Map<String, OfTopic> byTopic;

    SowKeys(Map<String, OfTopic> byTopic) {
        this.byTopic = new LinkedHashMap<>(byTopic);
        this.byTopic.values().removeIf(keys -> keys.size() == 0);
    }

    /**
     * The keys of one topic.
     *
     * @param numbers those that are unsigned 64-bit numbers, as the server makes them; never
     *     changed, in no order
     * @param texts all others
     */
    record OfTopic(long[] numbers, List<String> texts) {

        OfTopic {
            texts = List.copyOf(texts);
        }

        int size() {
            return numbers.length + texts.size();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof OfTopic that
                    && Arrays.equals(sorted(numbers), sorted(that.numbers))
                    && Set.copyOf(texts).equals(Set.copyOf(that.texts));
        }

        private static long[] sorted(long[] numbers) {
            long[] copy = numbers.clone();
            Arrays.sort(copy);
            return copy;
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(sorted(numbers)) + new HashSet<>(texts).hashCode();
        }
    }

    Map<String, OfTopic> byTopic() {
        return byTopic;
    }

    public int size() {
        return byTopic.values().stream().mapToInt(OfTopic::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SowKeys that && byTopic.equals(that.byTopic);
    }

    @Override
    public int hashCode() {
        return byTopic.hashCode();
    }

    @Override
    public String toString() {
        return size() + " keys";
    }
}
