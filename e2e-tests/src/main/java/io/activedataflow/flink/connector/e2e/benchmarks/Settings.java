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

import java.util.Arrays;
import java.util.List;

/**
 * What to run.
 *
 * @param products which of {@value #REDIS_STREAMS}, {@value #AMPS} and {@value #RECORD_FILES}
 * @param entries how many entries each stream has; every contestant reads all of them
 * @param rounds how many rounds count, after one that warms up
 * @param contestants who takes part
 * @param fields how many fields an entry has, one benchmark for each number
 * @param ampsMessages how many messages the AMPS log has
 * @param fileMegabytes how large the files of CSV are together
 * @param fileContestants who takes part in reading files
 */
record Settings(
        List<String> products,
        long entries,
        int rounds,
        List<Role> contestants,
        List<Integer> fields,
        long ampsMessages,
        int fileMegabytes,
        List<String> fileContestants) {

    static final String REDIS_STREAMS = "redis-streams";
    static final String AMPS = "amps";
    static final String RECORD_FILES = "record-files";
    private static final List<String> PRODUCTS = List.of(REDIS_STREAMS, AMPS, RECORD_FILES);

    private static final String PREFIX = "benchmarks.";

    Settings {
        if (!PRODUCTS.containsAll(products)) {
            throw new IllegalArgumentException(
                    "benchmarks.products is " + products + "; there are " + PRODUCTS + '.');
        }
        if (entries < 1 || rounds < 1 || ampsMessages < 1 || fileMegabytes < 1) {
            throw new IllegalArgumentException(
                    "benchmarks.entries is "
                            + entries
                            + " and benchmarks.rounds is "
                            + rounds
                            + " and benchmarks.amps.messages is "
                            + ampsMessages
                            + " and benchmarks.files.megabytes is "
                            + fileMegabytes
                            + "; all must be at least 1.");
        }
    }

    /**
     * From {@code -Dbenchmarks.products}, {@code .entries}, {@code .rounds}, {@code .contestants},
     * {@code .fields}, {@code .amps.messages}, {@code .files.megabytes}, {@code
     * .files.contestants}.
     */
    static Settings fromSystemProperties() {
        return new Settings(
                list("products", String.join(",", PRODUCTS)),
                Long.parseLong(property("entries", "5000000")),
                Integer.parseInt(property("rounds", "5")),
                list("contestants", "all").equals(List.of("all"))
                        ? List.of(Role.values())
                        : list("contestants", "all").stream().map(Role::named).toList(),
                list("fields", "1,5").stream().map(Integer::valueOf).toList(),
                Long.parseLong(property("amps.messages", "1000000")),
                Integer.parseInt(property("files.megabytes", "1000")),
                list("files.contestants", "all"));
    }

    private static List<String> list(String name, String defaultValue) {
        return Arrays.stream(property(name, defaultValue).split(",")).map(String::trim).toList();
    }

    private static String property(String name, String defaultValue) {
        String value = System.getProperty(PREFIX + name, "");
        return value.isBlank() ? defaultValue : value.trim();
    }
}
