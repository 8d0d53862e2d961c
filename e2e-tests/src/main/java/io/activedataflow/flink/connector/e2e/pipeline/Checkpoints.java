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

import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.Optional;

/**
 * What the job says of its checkpoints; the rest is left to the cluster.
 *
 * @param interval between them
 * @param timeout after which one has failed
 * @param tolerated how many may fail in a row
 * @param unaligned whether they overtake records
 */
record Checkpoints(
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Integer> tolerated,
        boolean unaligned) {

    /** Texts rather than options, as these differ between the Flink lines. */
    void addTo(Configuration configuration) {
        interval.ifPresent(
                time -> configuration.setString("execution.checkpointing.interval", millis(time)));
        timeout.ifPresent(
                time -> configuration.setString("execution.checkpointing.timeout", millis(time)));
        tolerated.ifPresent(
                count ->
                        configuration.setString(
                                "execution.checkpointing.tolerable-failed-checkpoints",
                                count.toString()));
        if (unaligned) {
            configuration.setString("execution.checkpointing.unaligned.enabled", "true");
        }
    }

    private static String millis(Duration time) {
        return time.toMillis() + " ms";
    }
}
