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

import io.activedataflow.flink.connector.e2e.benchmarks.files.FileBenchmark;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares ways to read a Redis stream, on this machine and in one run: see {@link Role}; then ways
 * to read an AMPS log, see {@link AmpsBenchmark}, and files, see {@link FileBenchmark}. The
 * contestants take turns, each in a JVM of its own; the first round warms up and does not count.
 *
 * <p>Prints a table and a line {@code ratio <name> <value> target <value>} for each result. Fails
 * only if a contestant does: if it did not read every entry exactly once.
 */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws IOException {
        Settings settings = Settings.fromSystemProperties();
        if (settings.products().contains(Settings.REDIS_STREAMS)) {
            redisStreams(settings);
        }
        if (settings.products().contains(Settings.AMPS)) {
            AmpsBenchmark.run(settings);
        }
        if (settings.products().contains(Settings.RECORD_FILES)) {
            FileBenchmark.run(
                    settings.fileMegabytes(), settings.rounds(), settings.fileContestants());
        }
        System.exit(0);
    }

    private static void redisStreams(Settings settings) throws IOException {
        RedisServerBinary binary = RedisServerBinary.newest();
        System.out.printf(
                "Reading %,d entries of %d bytes from %s, best of %d rounds, %d processors%n",
                settings.entries(),
                Dataset.VALUE_BYTES,
                binary,
                settings.rounds(),
                Runtime.getRuntime().availableProcessors());
        for (int fields : settings.fields()) {
            try (RedisProcess redis = RedisProcess.start(binary)) {
                Dataset dataset = new Dataset(fields, settings.entries());
                dataset.fill(redis.host(), redis.port());
                new Report(System.out).print(fields, compete(settings, redis, dataset));
            }
        }
    }

    private static Map<Role, Standing> compete(
            Settings settings, RedisProcess redis, Dataset dataset) throws IOException {
        Map<Role, Standing> standings = new EnumMap<>(Role.class);
        Map<Role, WorkerProcess> workers = new EnumMap<>(Role.class);
        try {
            for (Role role : settings.contestants()) {
                standings.put(role, new Standing(role));
                workers.put(role, worker(role, redis, dataset));
            }
            for (int round = 0; round <= settings.rounds(); round++) {
                for (Role role : workers.keySet()) {
                    Measurement run = workers.get(role).run();
                    progress(round, role, run);
                    if (round > 0) {
                        standings.get(role).add(run);
                    }
                }
            }
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
        return standings;
    }

    private static WorkerProcess worker(Role role, RedisProcess redis, Dataset dataset)
            throws IOException {
        return new WorkerProcess(
                role.id(),
                Worker.class,
                null,
                List.of(
                        role.id(),
                        redis.host(),
                        Integer.toString(redis.port()),
                        Integer.toString(dataset.fields()),
                        Long.toString(dataset.entries())));
    }

    private static void progress(int round, Role role, Measurement run) {
        System.out.printf(
                "%-8s %-14s %,11.0f entries/s  client %4.0f ns  Redis %4.0f ns%n",
                round == 0 ? "warm-up" : "round " + round,
                role.id(),
                run.entriesPerSecond(),
                run.clientNanosPerEntry(),
                run.redisNanosPerEntry());
    }
}
