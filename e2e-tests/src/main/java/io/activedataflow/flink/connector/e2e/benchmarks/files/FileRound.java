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

import java.util.Collection;
import java.util.function.ToLongFunction;

/**
 * One round of a contestant.
 *
 * @param job the run over next to nothing: what starting and ending a job takes
 * @param all the run over all files
 */
record FileRound(FileMeasurement job, FileMeasurement all) {

    private static final String PREFIX = "measured";

    /**
     * What reading all files takes, without what starting and ending a job takes: the least of
     * either, as a difference between two runs would be small where the start was slow by chance.
     */
    static long least(Collection<FileRound> rounds, ToLongFunction<FileMeasurement> cost) {
        return rounds.stream().map(FileRound::all).mapToLong(cost).min().orElseThrow()
                - rounds.stream().map(FileRound::job).mapToLong(cost).min().orElseThrow();
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
