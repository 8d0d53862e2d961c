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
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts the parts that a running job has committed, each once however often it is there. Looks
 * into each file once.
 */
public final class CommittedProgress {

    /** Whoever waits asks more often, and there are many files after some hours. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path output;
    private final long pauseNanos;
    private final Set<Path> seen = new HashSet<>();
    private final Map<Origin, Counts> parts = new EnumMap<>(Origin.class);
    private final Map<Origin, Long> arrivals = new EnumMap<>(Origin.class);
    private long looked;

    /**
     * @param output what the job was given as output
     */
    public CommittedProgress(Path output) {
        this(output, PAUSE);
    }

    /**
     * @param pause for this long it is not looked again
     */
    CommittedProgress(Path output, Duration pause) {
        this.output = output;
        this.pauseNanos = pause.toNanos();
        this.looked = System.nanoTime() - pauseNanos;
    }

    /** How many different parts have been committed by now. */
    public long arrivals() {
        look();
        return arrivals.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many of them are of this source. */
    public long arrivals(Origin origin) {
        look();
        return arrivals.getOrDefault(origin, 0L);
    }

    private void look() {
        if (System.nanoTime() - looked < pauseNanos) {
            return;
        }
        for (Path file : CommittedFiles.list(output, OutputFiles.ARRIVALS)) {
            if (seen.add(file)) {
                CommittedFiles.forEachLine(file, this::add);
            }
        }
        looked = System.nanoTime();
    }

    private void add(String line) {
        String[] fields = line.split(",", CommittedOutput.ORDER_IN_ARRIVAL + 2);
        Origin origin = Origin.of(fields[0]);
        long order = Long.parseLong(fields[CommittedOutput.ORDER_IN_ARRIVAL]);
        Counts ofSource = parts.computeIfAbsent(origin, added -> new Counts());
        if (ofSource.of(order) == 0) {
            arrivals.merge(origin, 1L, Long::sum);
        }
        ofSource.add(order);
    }

    @Override
    public String toString() {
        return arrivals.toString();
    }
}
