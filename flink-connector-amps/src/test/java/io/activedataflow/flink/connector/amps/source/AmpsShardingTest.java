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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsShardingTest {

    @Test
    void oneShardIsAllOfTheTopic() {
        assertThat(AmpsSharding.byField("/id", 1)).isEqualTo(AmpsSharding.NONE);
        assertThat(AmpsSharding.byBookmark(1)).isEqualTo(AmpsSharding.NONE);
        assertThat(AmpsSharding.NONE.shards()).containsExactly(AmpsShard.WHOLE);
        assertThat(AmpsSharding.NONE).hasToString("none");
    }

    @Test
    void shardsByAFieldAreFiltersOfItsChecksum() {
        AmpsSharding sharding = AmpsSharding.byField("/customer/id", 2);

        assertThat(sharding).hasToString("2 shards by /customer/id");
        assertThat(sharding.shards())
                .extracting(AmpsShard::filter)
                .containsExactly(
                        "(ABS(CRC32(/customer/id)) % 2) = 0", "(ABS(CRC32(/customer/id)) % 2) = 1");
        assertThat(sharding.contains(new AmpsShard(1, 2, "/customer/id"))).isTrue();
        assertThat(sharding.contains(new AmpsShard(1, 2, "/id"))).isFalse();
        assertThat(sharding.contains(new AmpsShard(1, 3, "/customer/id"))).isFalse();
        assertThat(sharding.isByField()).isTrue();
    }

    @Test
    void shardsByBookmarkNeedNoField() {
        AmpsSharding sharding = AmpsSharding.byBookmark(3);

        assertThat(sharding.shards())
                .hasSize(3)
                .last()
                .extracting(AmpsShard::filter)
                .isEqualTo("(ABS(CRC32(BOOKMARK())) % 3) = 2");
        assertThat(sharding.isByBookmark()).isTrue();
        assertThat(sharding.isByField()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1025})
    void theNumberOfShardsHasLimits(int count) {
        assertThatThrownBy(() -> AmpsSharding.byBookmark(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(" " + count + " shards", "from 1 to 1024");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/id",
                "/a/b/c",
                "/55",
                "/0/name",
                "/Order/@id",
                "/items[0]/x",
                "/a_b",
                "[/odd name]",
                "[/a-b.c]"
            })
    void theFieldsOfAllMessageTypesCanBeNamed(String field) {
        assertThat(AmpsSharding.byField(field, 2).expression()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "id",
                "/a/",
                "//a",
                "/a b",
                "/a-b",
                "/a)) = 0 OR (1",
                "/a[x]",
                "/a[0",
                "[a]",
                "[/a]]",
                "'a'",
                "/a\n"
            })
    void nothingElseSlipsIntoAFilter(String field) {
        assertThatThrownBy(() -> AmpsSharding.byField(field, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("shardBy() got '" + field + "'", "[/odd name]");
    }

    @Test
    void aNumberAndAnExpressionBelongTogether() {
        assertThatThrownBy(() -> new AmpsSharding(2, null)).hasMessageContaining("2, null");
        assertThatThrownBy(() -> new AmpsSharding(1, "/id")).hasMessageContaining("1, /id");
        assertThatThrownBy(() -> AmpsSharding.byField(null, 2)).hasMessageContaining("null");
    }
}
