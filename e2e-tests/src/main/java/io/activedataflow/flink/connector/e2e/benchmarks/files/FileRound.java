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

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * One round of a contestant.
 *
 * @param job the run over next to nothing: what starting and ending a job takes
 * @param all the run over all files
 */
record FileRound(FileMeasurement job, FileMeasurement all) {

    private static final String PREFIX = "measured";

    /**
     * What reading all files took in each round, without what starting and ending a job takes: the
     * least of all rounds, as a start is slow by chance only.
     */
    static double[] costs(List<FileRound> rounds, ToLongFunction<FileMeasurement> cost) {
        long job = rounds.stream().map(FileRound::job).mapToLong(cost).min().orElseThrow();
        return rounds.stream()
                .map(FileRound::all)
                .mapToDouble(all -> cost.applyAsLong(all) - job)
                .toArray();
    }

    /**
     * How many times as much one contestant takes as the other: the median of the rounds, in each
     * of which they come close after one another. What else the machine does, it does to both.
     */
    static double ratio(double[] costs, double[] costsOfOther) {
        return median(
                IntStream.range(0, costs.length)
                        .mapToDouble(round -> costs[round] / costsOfOther[round])
                        .toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    String toLine() {
        return String.join(
                " ",
                PREFIX,
                Long.toString(job.wallNanos()),
                Long.toString(job.cpuNanos()),
                Long.toString(all.wallNanos()),
                Long.toString(all.cpuNanos()));
    }

    static boolean isLine(String line) {
        return line.startsWith(PREFIX + ' ');
    }

    static FileRound parse(String line) {
        String[] words = line.split(" ");
        return new FileRound(
                new FileMeasurement(Long.parseLong(words[1]), Long.parseLong(words[2])),
                new FileMeasurement(Long.parseLong(words[3]), Long.parseLong(words[4])));
    }
}
