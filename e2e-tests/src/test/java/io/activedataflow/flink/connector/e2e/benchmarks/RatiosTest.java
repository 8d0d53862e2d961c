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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RatiosTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void comparesTheBestRunsOfTheSourceWithThoseOfTheOthers() {
        Standing source = new Standing(Role.SOURCE);
        source.add(new Measurement(100, 4 * SECOND, 300, 400, 90));
        source.add(new Measurement(100, 2 * SECOND, 600, 700, 110));
        Standing jedis = new Standing(Role.JEDIS_SOURCE);
        jedis.add(new Measurement(100, 3 * SECOND, 600, 700, 100));
        Standing loop = new Standing(Role.JEDIS_LOOP);
        loop.add(new Measurement(100, 3 * SECOND, 600, 700, 100));

        Ratios ratios =
                new Ratios(
                        1,
                        Map.of(
                                Role.SOURCE,
                                source,
                                Role.JEDIS_SOURCE,
                                jedis,
                                Role.JEDIS_LOOP,
                                loop));

        assertThat(ratios.lines())
                .containsExactly(
                        "ratio vs-jedis-source-1-field 1.50 target >=1.4",
                        "ratio redis-cpu-vs-plain-xread-1-field 0.90 target <=1.1",
                        "ratio client-cpu-vs-jedis-source-1-field 0.50 target <=0.65");
    }
}
