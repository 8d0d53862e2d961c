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

/**
 * What one run took.
 *
 * @param entries how many entries were read
 * @param wallNanos from the first record to the last
 * @param clientNanos CPU time of the client's Java threads meanwhile; neither JIT nor GC
 * @param processNanos CPU time of the client's whole process meanwhile, JIT and GC included
 * @param redisNanos CPU time of the server for the whole read
 */
record Measurement(
        long entries, long wallNanos, long clientNanos, long processNanos, long redisNanos) {

    private static final String PREFIX = "measured";

    double entriesPerSecond() {
        return entries * 1e9 / wallNanos;
    }

    double clientNanosPerEntry() {
        return (double) clientNanos / entries;
    }

    double processNanosPerEntry() {
        return (double) processNanos / entries;
    }

    double redisNanosPerEntry() {
        return (double) redisNanos / entries;
    }

    /** A line for another process; see {@link #isLine} and {@link #parse}. */
    String toLine() {
        return String.join(
                " ",
                PREFIX,
                Long.toString(entries),
                Long.toString(wallNanos),
                Long.toString(clientNanos),
                Long.toString(processNanos),
                Long.toString(redisNanos));
    }

    static boolean isLine(String line) {
        return line.startsWith(PREFIX + ' ');
    }

    static Measurement parse(String line) {
        String[] words = line.split(" ");
        return new Measurement(
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]));
    }
}
