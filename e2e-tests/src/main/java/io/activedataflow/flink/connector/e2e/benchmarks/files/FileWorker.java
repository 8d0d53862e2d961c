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

import com.sun.management.OperatingSystemMXBean;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A JVM that does nothing but run one contestant of {@link FileBenchmark}, once for each line it
 * gets. One for each, so that the compiler sees each as it would be in production.
 */
final class FileWorker {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private FileWorker() {}

    /** Arguments: role, directory of the files, number of records. */
    public static void main(String[] args) {
        int exitCode = 0;
        try {
            obey(FileRole.named(args[0]), Path.of(args[1]), Long.parseLong(args[2]));
        } catch (Exception e) {
            e.printStackTrace();
            exitCode = 1;
        }
        // A thread that a failed run has left must not keep the other side waiting.
        System.exit(exitCode);
    }

    private static void obey(FileRole role, Path root, long records) throws Exception {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Path directory = role.layout().directory(root);
        try (FileContestant contestant = FileContestants.create(role)) {
            while (orders.readLine() != null) {
                FileMeasurement job =
                        run(
                                contestant,
                                directory.resolve(TradeFiles.SMALL),
                                TradeFiles.SMALL_RECORDS);
                FileMeasurement all = run(contestant, directory.resolve("full"), records);
                System.out.println(new FileRound(job, all).toLine());
            }
        }
    }

    private static FileMeasurement run(FileContestant contestant, Path directory, long expected)
            throws Exception {
        System.gc();
        long cpu = PROCESS.getProcessCpuTime();
        long wall = System.nanoTime();
        long records = contestant.read(directory);
        FileMeasurement measurement =
                new FileMeasurement(System.nanoTime() - wall, PROCESS.getProcessCpuTime() - cpu);
        if (records != expected) {
            throw new IllegalStateException(
                    "There are " + expected + " records, and " + records + " were read.");
        }
        return measurement;
    }
}
