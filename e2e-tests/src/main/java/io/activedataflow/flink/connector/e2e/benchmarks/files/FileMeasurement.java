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

/**
 * What reading all files has taken, without what starting and ending a job takes.
 *
 * @param wallNanos by the clock
 * @param cpuNanos of the whole process, compiler and garbage collector included
 */
record FileMeasurement(long wallNanos, long cpuNanos) {

    private static final String PREFIX = "measured";

    FileMeasurement minus(FileMeasurement other) {
        return new FileMeasurement(wallNanos - other.wallNanos, cpuNanos - other.cpuNanos);
    }

    String toLine() {
        return PREFIX + ' ' + wallNanos + ' ' + cpuNanos;
    }

    static boolean isLine(String line) {
        return line.startsWith(PREFIX + ' ');
    }

    static FileMeasurement parse(String line) {
        String[] words = line.split(" ");
        return new FileMeasurement(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
