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

package io.activedataflow.flink.connector.e2e.scenarios;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class FaultPlanTest {

    private static final int ALL = Fault.values().length;

    @Test
    void firstEachOnceThenAny() {
        FaultPlan plan = new FaultPlan(5);

        assertThat(next(plan, ALL - 1)).doesNotHaveDuplicates();
        assertThat(plan.hasHadAll()).isFalse();
        plan.next();
        assertThat(plan.hasHadAll()).isTrue();

        assertThat(next(plan, 50 * ALL)).contains(Fault.values());
    }

    @Test
    void sequenceFollowsFromSeed() {
        List<Fault> faults = next(new FaultPlan(5), 5 * ALL);

        assertThat(next(new FaultPlan(5), 5 * ALL)).isEqualTo(faults);
        assertThat(next(new FaultPlan(6), 5 * ALL)).isNotEqualTo(faults);
    }

    private static List<Fault> next(FaultPlan plan, int count) {
        return Stream.generate(plan::next).limit(count).toList();
    }
}
