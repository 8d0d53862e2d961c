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

package io.activedataflow.flink.connector.recordfile.source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileDistributionTest {

    private static final String PATH = "s3://bucket/2024/orders-7-eu.csv";

    private static String key(RecordFileDistribution distribution, String path) {
        return distribution.key(path, Map.of("region", "eu", "shard", "7"));
    }

    @Test
    void pullHasNoKeys() {
        assertThat(key(RecordFileDistribution.pull(), PATH)).isEmpty();
    }

    @Test
    void byNameIsByThePathOrByWhatIsFoundInTheName() {
        assertThat(key(RecordFileDistribution.byName(), PATH)).isEqualTo(PATH);
        assertThat(key(RecordFileDistribution.byName("orders-(\\d+)"), PATH)).isEqualTo("7");
        assertThat(key(RecordFileDistribution.byName("orders-\\d+"), PATH)).isEqualTo("orders-7");
        assertThat(key(RecordFileDistribution.byName("2024"), PATH)).as("a folder").isEmpty();
        assertThat(key(RecordFileDistribution.byName("(x)?orders"), PATH)).isEmpty();
    }

    @Test
    void byKeyIsByPartsOfThePath() {
        RecordFileDistribution byBoth = RecordFileDistribution.byKey("region", "shard");

        assertThat(key(byBoth, PATH))
                .isNotEqualTo(key(RecordFileDistribution.byKey("shard"), PATH));
        assertThat(key(byBoth, PATH)).isEqualTo(key(byBoth, "another"));
        assertThat(key(RecordFileDistribution.byKey("region", "day"), PATH)).isEmpty();
        assertThatThrownBy(RecordFileDistribution::byKey)
                .isInstanceOf(IllegalArgumentException.class);
    }
}
