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

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import io.activedataflow.flink.connector.e2e.benchmarks.WorkerProcess;
import io.activedataflow.flink.connector.e2e.benchmarks.files.TradeFiles.Layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Compares the record-file source with Flink's, on this machine and in one run: see {@link
 * FileRole}. The contestants of one pair take turns, each in a JVM of its own; the first rounds
 * warm up and do not count. What starting and ending a job takes, found by a job over next to
 * nothing, is subtracted.
 *
 * <p>Prints a table and a line {@code ratio <name> <value> target <value>} for each result. Fails
 * only if a contestant does: if it did not read every record exactly once.
 */
public final class FileBenchmark {

    /** Bytes of a record, about: to find out how many records make the size that is wanted. */
    private static final int RECORD_BYTES = 118;

    /** Of each contestant; all of them are there at once. */
    private static final String HEAP = "1g";

    private static final int WARM_UPS = 2;

    private final List<FileRole> roles;
    private final int rounds;
    private final Map<FileRole, List<FileRound>> runs = new EnumMap<>(FileRole.class);
    private final Map<Layout, Long> sizes = new EnumMap<>(Layout.class);

    private FileBenchmark(List<FileRole> roles, int rounds) {
        this.roles = roles;
        this.rounds = rounds;
    }

    /**
     * @param megabytes how large the files of CSV are together
     * @param rounds how many rounds count
     * @param contestants IDs of roles, or {@code all}
     */
    public static void run(int megabytes, int rounds, List<String> contestants) throws IOException {
        List<FileRole> roles =
                contestants.equals(List.of("all"))
                        ? List.of(FileRole.values())
                        : contestants.stream().map(FileRole::named).toList();
        long records = megabytes * 1_000_000L / RECORD_BYTES;
        Path root = Files.createTempDirectory("record-files");
        try {
            FileBenchmark benchmark = new FileBenchmark(roles, rounds);
            benchmark.write(root, records);
            benchmark.compete(root, records);
            benchmark.report();
            new RestoreBenchmark(root).run();
        } finally {
            delete(root);
        }
    }

    private void write(Path root, long records) throws IOException {
        for (Layout layout : Layout.values()) {
            sizes.put(layout, new TradeFiles().write(root, layout, records));
        }
        System.out.printf(
                Locale.ROOT,
                "Reading %,d records of ten columns: %s; median of %d rounds, %d processors%n",
                records,
                sizes,
                rounds,
                Runtime.getRuntime().availableProcessors());
    }

    private void compete(Path root, long records) throws IOException {
        for (Layout layout : Layout.values()) {
            Map<FileRole, WorkerProcess> workers = new EnumMap<>(FileRole.class);
            try {
                for (FileRole role : roles) {
                    if (role.layout() == layout) {
                        workers.put(role, worker(role, root, records));
                        runs.put(role, new ArrayList<>());
                    }
                }
                for (int round = -WARM_UPS; round < rounds; round++) {
                    for (FileRole role : workers.keySet()) {
                        String line = workers.get(role).run(FileRound::isLine);
                        if (round >= 0) {
                            runs.get(role).add(FileRound.parse(line));
                        }
                    }
                }
            } finally {
                workers.values().forEach(WorkerProcess::close);
            }
        }
    }

    private static WorkerProcess worker(FileRole role, Path root, long records) throws IOException {
        return new WorkerProcess(
                role.id(),
                FileWorker.class,
                HEAP,
                List.of(role.id(), root.toString(), Long.toString(records)));
    }

    private void report() {
        System.out.printf(Locale.ROOT, "%n%-18s %10s %14s%n", "", "MB/s", "MB/CPU second");
        for (FileRole role : runs.keySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %10.0f %14.0f   %s%n",
                    role.id(),
                    sizes.get(role.layout()) * 1e3 / median(role, FileMeasurement::wallNanos),
                    sizes.get(role.layout()) * 1e3 / median(role, FileMeasurement::cpuNanos),
                    role.description());
        }
        System.out.println();
        cpu("text-vs-flink", FileRole.TEXT, FileRole.FLINK_TEXT, "none");
        cpu("csv-pojo-vs-flink", FileRole.POJO, FileRole.FLINK_POJO, ">=1.5 (goal 1.8)");
        cpu(
                "csv-pojo-vs-flink-object-reuse",
                FileRole.POJO_REUSE,
                FileRole.FLINK_POJO_REUSE,
                ">=1.7 (goal 2)");
        cpu("csv-row-vs-sql", FileRole.ROW, FileRole.SQL_ROW, ">=1.5 (goal 1.8)");
        cpu(
                "csv-row-vs-sql-object-reuse",
                FileRole.ROW_REUSE,
                FileRole.SQL_ROW_REUSE,
                ">=1.7 (goal 2)");
        cpu("csv-timestamp-vs-sql", FileRole.ROW_TIME, FileRole.SQL_ROW_TIME, ">=2.5 (goal 3)");
        cpu("json-vs-sql", FileRole.JSON, FileRole.SQL_JSON, ">=2");
        ratio(
                "one-file-parallelism-2-vs-1",
                FileRole.BIG_TWO,
                FileRole.BIG,
                FileMeasurement::wallNanos,
                ">=1.4 (where cores are free)");
        ratio(
                "one-file-cpu-parallelism-1-vs-2",
                FileRole.BIG_TWO,
                FileRole.BIG,
                FileMeasurement::cpuNanos,
                ">=0.83");
        ratio(
                "one-file-vs-flink",
                FileRole.BIG_TWO,
                FileRole.FLINK_BIG_TWO,
                FileMeasurement::wallNanos,
                ">=2.3 (goal 3)");
        cpu("scan-vs-csv-row", FileRole.SCAN, FileRole.ROW_REUSE, "none");
    }

    private void cpu(String name, FileRole ours, FileRole theirs, String target) {
        ratio(name, ours, theirs, FileMeasurement::cpuNanos, target);
    }

    /** How many times as much the other takes. */
    private void ratio(
            String name,
            FileRole ours,
            FileRole theirs,
            ToLongFunction<FileMeasurement> cost,
            String target) {
        if (runs.containsKey(ours) && runs.containsKey(theirs)) {
            System.out.printf(
                    Locale.ROOT,
                    "ratio files-%s %.2f target %s%n",
                    name,
                    FileRound.ratio(costs(theirs, cost), costs(ours, cost)),
                    target);
        }
    }

    private double median(FileRole role, ToLongFunction<FileMeasurement> cost) {
        return FileRound.median(costs(role, cost));
    }

    private double[] costs(FileRole role, ToLongFunction<FileMeasurement> cost) {
        return FileRound.costs(runs.get(role), cost);
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
