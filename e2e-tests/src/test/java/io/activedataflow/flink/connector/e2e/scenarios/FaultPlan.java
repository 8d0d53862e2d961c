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

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** An endless sequence of faults that follows from a seed: first each once, then any. */
final class FaultPlan {

    private final Random random;
    private final Deque<Fault> first;

    FaultPlan(long seed) {
        random = new Random(seed);
        List<Fault> all = Arrays.asList(Fault.values());
        Collections.shuffle(all, random);
        first = new ArrayDeque<>(all);
    }

    Fault next() {
        Fault[] all = Fault.values();
        return hasHadAll() ? all[random.nextInt(all.length)] : first.pop();
    }

    /** Whether there was each of them. */
    boolean hasHadAll() {
        return first.isEmpty();
    }
}
