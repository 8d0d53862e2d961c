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

package io.activedataflow.flink.connector.e2e.quickstart;

import java.util.List;
import java.util.function.Predicate;

/**
 * How the quick start stands at one moment.
 *
 * @param job what Flink says of the job
 * @param sources how far each source is
 */
record Snapshot(JobStatus job, List<SourceProgress> sources) {

    /**
     * @param state as in the web UI, such as RUNNING or RESTARTING
     * @param checkpoints how many have completed
     * @param restoredFrom the checkpoint the job has last been restored from; 0 if none
     */
    record JobStatus(String state, long checkpoints, long restoredFrom) {

        static final JobStatus STARTING = new JobStatus("STARTING", 0, 0);

        boolean isRunning() {
            return "RUNNING".equals(state);
        }

        /** Whether the job has ended and will not come back. */
        boolean isOver() {
            return List.of("FAILED", "CANCELED", "FINISHED", "SUSPENDED").contains(state);
        }
    }

    /**
     * @param name the name of the source
     * @param written how many records there are to be read
     * @param read how many have come out of the source, by Flink's state
     */
    record SourceProgress(String name, long written, long read) {

        /** How many are waiting to be read. */
        long behind() {
            return Math.max(0, written - read);
        }
    }

    /** Whether something is the case for every source. */
    boolean all(Predicate<SourceProgress> condition) {
        return sources.stream().allMatch(condition);
    }

    SourceProgress of(String source) {
        return sources.stream()
                .filter(progress -> progress.name().equals(source))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No source " + source));
    }
}
