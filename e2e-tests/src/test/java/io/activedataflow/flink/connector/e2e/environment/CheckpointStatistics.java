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

package io.activedataflow.flink.connector.e2e.environment;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a JobManager knows about the checkpoints of a job, since it has this job.
 *
 * @param completed how many have completed
 * @param failed how many have failed
 * @param restored the one the job was last restored from
 * @param history the last ones, the newest first
 */
public record CheckpointStatistics(
        long completed, long failed, OptionalLong restored, List<Checkpoint> history) {

    /**
     * A checkpoint or savepoint.
     *
     * @param status such as {@code COMPLETED}
     * @param path where it is, once it is complete
     */
    public record Checkpoint(long id, String status, boolean savepoint, Optional<String> path) {

        /** Whether a job can be started from it, as long as it is not removed. */
        public boolean isCompleted() {
            return status.equals("COMPLETED");
        }
    }

    static CheckpointStatistics of(JsonNode statistics) {
        List<Checkpoint> history = new ArrayList<>();
        for (JsonNode entry : statistics.path("history")) {
            history.add(
                    new Checkpoint(
                            entry.path("id").asLong(),
                            entry.path("status").asText(),
                            entry.path("is_savepoint").asBoolean(),
                            Optional.ofNullable(entry.path("external_path").asText(null))));
        }
        JsonNode counts = statistics.path("counts");
        JsonNode restored = statistics.path("latest").path("restored").path("id");
        return new CheckpointStatistics(
                counts.path("completed").asLong(),
                counts.path("failed").asLong(),
                restored.isNumber() ? OptionalLong.of(restored.asLong()) : OptionalLong.empty(),
                history);
    }

    /** The newest one that has completed. */
    public Optional<Checkpoint> lastCompleted() {
        return history.stream().filter(Checkpoint::isCompleted).findFirst();
    }
}
