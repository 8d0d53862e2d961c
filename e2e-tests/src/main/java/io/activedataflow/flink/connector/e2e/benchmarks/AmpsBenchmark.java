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

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Compares the AMPS source with the bare client, on this machine and in one run: see {@link
 * AmpsRole}. Both read all of a log from the stand-in server, which is a process of its own; they
 * take turns, each in a JVM of its own; the first round warms up and does not count.
 *
 * <p>Prints ratios only. The licence of the client does not permit to publish more, and what is
 * measured against the stand-in says nothing of AMPS.
 */
final class AmpsBenchmark {

    private static final int MESSAGE_BYTES = 200;

    private AmpsBenchmark() {}

    static void run(Settings settings) throws IOException {
        System.out.printf(
                "Reading %,d AMPS messages of %d bytes from the stand-in server, best of %d"
                        + " rounds%n",
                settings.ampsMessages(), MESSAGE_BYTES, settings.rounds());
        try (StandInProcess server = new StandInProcess(settings.ampsMessages(), MESSAGE_BYTES)) {
            report(compete(settings, server));
        }
    }

    private static Map<AmpsRole, List<Measurement>> compete(
            Settings settings, StandInProcess server) throws IOException {
        Map<AmpsRole, List<Measurement>> runs = new EnumMap<>(AmpsRole.class);
        Map<AmpsRole, WorkerProcess> workers = new EnumMap<>(AmpsRole.class);
        try {
            for (AmpsRole role : AmpsRole.values()) {
                runs.put(role, new ArrayList<>());
                workers.put(role, worker(role, settings, server));
            }
            for (int round = 0; round <= settings.rounds(); round++) {
                for (AmpsRole role : AmpsRole.values()) {
                    Measurement run = workers.get(role).run();
                    System.out.printf(
                            "%-8s %s%n", round == 0 ? "warm-up" : "round " + round, role.id());
                    if (round > 0) {
                        runs.get(role).add(run);
                    }
                }
            }
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
        return runs;
    }

    private static WorkerProcess worker(AmpsRole role, Settings settings, StandInProcess server)
            throws IOException {
        return new WorkerProcess(
                role.id(),
                AmpsWorker.class,
                role.heap(),
                List.of(role.id(), server.uri(), Long.toString(settings.ampsMessages())));
    }

    private static void report(Map<AmpsRole, List<Measurement>> runs) {
        ToDoubleFunction<Measurement> wall = run -> 1 / run.entriesPerSecond();
        ratio("amps-cpu-vs-bare-client", runs, Measurement::clientNanosPerEntry, "<=1.5");
        ratio("amps-process-cpu-vs-bare-client", runs, Measurement::processNanosPerEntry, "none");
        // The other way round: how much of the bare client's speed is reached.
        System.out.printf(
                Locale.ROOT,
                "ratio amps-speed-vs-bare-client %.2f target >=0.85 (where cores are free)%n",
                least(runs, AmpsRole.BARE_CLIENT, wall) / least(runs, AmpsRole.SOURCE, wall));
        System.out.printf(
                Locale.ROOT,
                "ratio amps-speed-in-a-heap-smaller-than-the-log %.2f target none%n",
                least(runs, AmpsRole.SOURCE, wall) / least(runs, AmpsRole.SOURCE_SMALL_HEAP, wall));
    }

    private static void ratio(
            String name,
            Map<AmpsRole, List<Measurement>> runs,
            ToDoubleFunction<Measurement> cost,
            String target) {
        System.out.printf(
                Locale.ROOT,
                "ratio %s %.2f target %s%n",
                name,
                least(runs, AmpsRole.SOURCE, cost) / least(runs, AmpsRole.BARE_CLIENT, cost),
                target);
    }

    private static double least(
            Map<AmpsRole, List<Measurement>> runs,
            AmpsRole role,
            ToDoubleFunction<Measurement> cost) {
        return runs.get(role).stream().mapToDouble(cost).min().orElseThrow();
    }
}
