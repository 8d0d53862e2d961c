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

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints a table of what was measured, and the ratios against their targets. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void print(int fields, Map<Role, Standing> standings) {
        out.println();
        out.printf(
                "%-14s %11s %11s %10s %10s %10s%n",
                "", "best", "median", "client", "+ JIT, GC", "Redis");
        out.printf(
                "%-14s %11s %11s %10s %10s %10s%n",
                fields == 1 ? "1 field" : fields + " fields",
                "entries/s",
                "entries/s",
                "ns/entry",
                "ns/entry",
                "ns/entry");
        standings.values().forEach(this::row);
        out.println();
        new Ratios(fields, standings).lines().forEach(out::println);
    }

    private void row(Standing standing) {
        out.printf(
                Locale.ROOT,
                "%-14s %,11.0f %,11.0f %10.0f %10.0f %10.0f   %s%n",
                standing.role().id(),
                standing.bestEntriesPerSecond(),
                standing.medianEntriesPerSecond(),
                standing.least(Measurement::clientNanosPerEntry),
                standing.least(Measurement::processNanosPerEntry),
                standing.least(Measurement::redisNanosPerEntry),
                standing.role().description());
    }
}
