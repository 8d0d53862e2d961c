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
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The runs of one contestant. The best of them are reported: noise only ever takes time. */
final class Standing {

    private final Role role;
    private final List<Measurement> runs = new ArrayList<>();

    Standing(Role role) {
        this.role = role;
    }

    Role role() {
        return role;
    }

    void add(Measurement run) {
        runs.add(run);
    }

    double bestEntriesPerSecond() {
        return runs.stream().mapToDouble(Measurement::entriesPerSecond).max().orElseThrow();
    }

    double medianEntriesPerSecond() {
        return runs.stream()
                .map(Measurement::entriesPerSecond)
                .sorted(Comparator.naturalOrder())
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    double least(ToDoubleFunction<Measurement> cost) {
        return runs.stream().mapToDouble(cost).min().orElseThrow();
    }
}
