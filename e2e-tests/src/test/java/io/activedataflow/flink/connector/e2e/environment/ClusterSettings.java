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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Flink cluster is to look like. Memory, time-outs and everything else the scenarios have in
 * common is in {@link FlinkConfiguration}, addresses and folders are the provider's.
 *
 * @param taskManagers how many there are at first
 * @param slots of each TaskManager
 * @param highAvailability whether a JobManager that was killed and started again recovers its jobs
 * @param scheduler the scheduler for streaming jobs
 * @param checkpointInterval of jobs that do not say otherwise
 * @param libraries jars that are put into Flink's lib folder, as for the AMPS client
 * @param configuration more of Flink's configuration; wins over everything else but addresses
 */
public record ClusterSettings(
        int taskManagers,
        int slots,
        boolean highAvailability,
        Scheduler scheduler,
        Duration checkpointInterval,
        List<Path> libraries,
        Map<String, String> configuration) {

    public ClusterSettings {
        if (taskManagers < 1 || slots < 1) {
            throw new IllegalArgumentException(
                    "A cluster of "
                            + taskManagers
                            + " TaskManagers with "
                            + slots
                            + " slots runs no job. Give at least 1 of each.");
        }
        libraries = List.copyOf(libraries);
        configuration = Map.copyOf(configuration);
    }

    /** Flink's schedulers for streaming jobs. */
    public enum Scheduler {
        DEFAULT,
        ADAPTIVE
    }

    /** Two TaskManagers with two slots each, highly available, a checkpoint every second. */
    public static ClusterSettings standard() {
        return new ClusterSettings(
                2, 2, true, Scheduler.DEFAULT, Duration.ofSeconds(1), List.of(), Map.of());
    }

    /** As this, with another size. */
    public ClusterSettings withTaskManagers(int taskManagers, int slots) {
        return new ClusterSettings(
                taskManagers,
                slots,
                highAvailability,
                scheduler,
                checkpointInterval,
                libraries,
                configuration);
    }

    /** As this, with jobs that do not outlive the JobManager; saves the ZooKeeper server. */
    public ClusterSettings withoutHighAvailability() {
        return new ClusterSettings(
                taskManagers,
                slots,
                false,
                scheduler,
                checkpointInterval,
                libraries,
                configuration);
    }

    /** As this, with another scheduler. */
    public ClusterSettings withScheduler(Scheduler scheduler) {
        return new ClusterSettings(
                taskManagers,
                slots,
                highAvailability,
                scheduler,
                checkpointInterval,
                libraries,
                configuration);
    }

    /** As this, with one more jar in Flink's lib folder. */
    public ClusterSettings withLibrary(Path jar) {
        List<Path> more = new ArrayList<>(libraries);
        more.add(jar);
        return new ClusterSettings(
                taskManagers,
                slots,
                highAvailability,
                scheduler,
                checkpointInterval,
                more,
                configuration);
    }

    /** As this, with one more line of Flink's configuration. */
    public ClusterSettings with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(configuration);
        more.put(key, value);
        return new ClusterSettings(
                taskManagers,
                slots,
                highAvailability,
                scheduler,
                checkpointInterval,
                libraries,
                more);
    }
}
