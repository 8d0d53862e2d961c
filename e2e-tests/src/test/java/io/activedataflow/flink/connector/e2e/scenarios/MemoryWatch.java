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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.ManagedProcess;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How much the memory of processes grows. */
final class MemoryWatch {

    private static final long MEBIBYTE = 1 << 20;

    private final Map<ManagedProcess, Long> atFirst = new LinkedHashMap<>();
    private final Map<ManagedProcess, Long> largest = new LinkedHashMap<>();

    private MemoryWatch(List<ManagedProcess> processes) {
        for (ManagedProcess process : processes) {
            long bytes = process.residentBytes();
            atFirst.put(process, bytes);
            largest.put(process, bytes);
        }
    }

    /** Takes what they have now as the start. */
    static MemoryWatch start(List<ManagedProcess> processes) {
        return new MemoryWatch(processes);
    }

    void look() {
        largest.replaceAll((process, bytes) -> Math.max(bytes, process.residentBytes()));
    }

    /** Of the one that has grown most, in bytes. */
    long largestGrowth() {
        return largest.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - atFirst.get(entry.getKey()))
                .max()
                .orElse(0);
    }

    @Override
    public String toString() {
        return largest.entrySet().stream()
                .map(
                        entry ->
                                entry.getKey().name()
                                        + '='
                                        + atFirst.get(entry.getKey()) / MEBIBYTE
                                        + ".."
                                        + entry.getValue() / MEBIBYTE
                                        + " MiB")
                .collect(Collectors.joining(", "));
    }
}
