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

package io.activedataflow.flink.connector.e2e.pipeline;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts the parts that a running job has committed, each once however often it is there. Looks
 * into each file once.
 */
public final class CommittedProgress {

    private final Path output;
    private final Set<Path> seen = new HashSet<>();
    private final Map<Origin, Counts> parts = new EnumMap<>(Origin.class);
    private final Map<Origin, Long> arrivals = new EnumMap<>(Origin.class);

    /**
     * @param output what the job was given as output
     */
    public CommittedProgress(Path output) {
        this.output = output;
    }

    /** How many different parts have been committed by now. */
    public long arrivals() {
        return arrivalsBySource().values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many different parts of each source have been committed by now. */
    public Map<Origin, Long> arrivalsBySource() {
        for (Path file : CommittedFiles.list(output, OutputFiles.ARRIVALS)) {
            if (seen.add(file)) {
                CommittedFiles.forEachLine(file, this::add);
            }
        }
        return new EnumMap<>(arrivals);
    }

    private void add(String line) {
        String[] fields = line.split(",", CommittedOutput.ORDER_IN_ARRIVAL + 2);
        Origin origin = Origin.of(fields[0]);
        Counts ofSource = parts.computeIfAbsent(origin, any -> new Counts());
        long order = Long.parseLong(fields[CommittedOutput.ORDER_IN_ARRIVAL]);
        arrivals.merge(origin, ofSource.of(order) == 0 ? 1L : 0L, Long::sum);
        ofSource.add(order);
    }
}
