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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The ratios between contestants, a line for each whose both sides took part. */
final class Ratios {

    private final String suffix;
    private final Map<Role, Standing> standings;
    private final List<String> lines = new ArrayList<>();

    Ratios(int fields, Map<Role, Standing> standings) {
        this.suffix = fields == 1 ? "-1-field" : "-" + fields + "-fields";
        this.standings = standings;
        ToDoubleFunction<Standing> speed = Standing::bestEntriesPerSecond;
        ToDoubleFunction<Standing> client = s -> s.least(Measurement::clientNanosPerEntry);
        ToDoubleFunction<Standing> redis = s -> s.least(Measurement::redisNanosPerEntry);
        ratio("vs-jedis-source", Role.JEDIS_SOURCE, speed, ">=1.4");
        ratio("vs-group-source", Role.GROUP_SOURCE, speed, ">=3");
        ratio("redis-cpu-vs-plain-xread", Role.JEDIS_LOOP, redis, "<=1.1");
        ratio("client-cpu-vs-jedis-source", Role.JEDIS_SOURCE, client, "<=0.65");
        ratio("of-drain", Role.DRAIN, speed, ">=0.45 (goal)");
    }

    List<String> lines() {
        return lines;
    }

    private void ratio(String name, Role other, ToDoubleFunction<Standing> measure, String target) {
        Standing ours = standings.get(Role.SOURCE);
        Standing theirs = standings.get(other);
        if (ours != null && theirs != null) {
            double value = measure.applyAsDouble(ours) / measure.applyAsDouble(theirs);
            lines.add(
                    String.format(
                            Locale.ROOT, "ratio %s%s %.2f target %s", name, suffix, value, target));
        }
    }
}
