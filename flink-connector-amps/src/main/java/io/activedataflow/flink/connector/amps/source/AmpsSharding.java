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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.source.split.AmpsShard;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Into how many shards each topic is cut, and by what.
 *
 * @param count the number of shards, 1 for none
 * @param expression as in {@link AmpsShard}; null for none
 */
@Internal
public record AmpsSharding(int count, @Nullable String expression) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final AmpsSharding NONE = new AmpsSharding(1, null);

    /** The shards of one topic. */
    public List<AmpsShard> shards() {
        return count == 1
                ? List.of(AmpsShard.WHOLE)
                : IntStream.range(0, count)
                        .mapToObj(index -> new AmpsShard(index, count, expression))
                        .toList();
    }

    /** Whether a shard in the state is one of these. */
    public boolean contains(AmpsShard shard) {
        return shards().contains(shard);
    }

    @Override
    public String toString() {
        return count == 1 ? "none" : count + " shards by " + expression;
    }
}
