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
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of Flink's configuration that does not depend on how the processes run: both providers
 * start from it and add addresses, ports and their own temporary folders. The keys are valid on all
 * lines of Flink that are built for.
 */
public final class FlinkConfiguration {

    private FlinkConfiguration() {}

    /**
     * The configuration of the cluster.
     *
     * @param checkpoints the folder for checkpoints, savepoints and what high availability stores,
     *     the same for all processes
     */
    public static Map<String, String> of(ClusterSettings settings, Path checkpoints) {
        Map<String, String> result = new TreeMap<>();
        memory(result);
        failures(result);
        result.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
        result.put("execution.checkpointing.interval", millis(settings.checkpointInterval()));
        result.put("execution.checkpointing.storage", "filesystem");
        result.put("execution.checkpointing.dir", uri(checkpoints.resolve("checkpoints")));
        result.put("execution.checkpointing.savepoint-dir", uri(checkpoints.resolve("savepoints")));
        result.put(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION");
        result.put("state.backend.type", "hashmap");
        // Tests ask more often than people do, and old answers would mislead them.
        result.put("metrics.fetcher.update-interval", "1000");
        result.put("web.refresh-interval", "500");
        if (settings.scheduler() == ClusterSettings.Scheduler.ADAPTIVE) {
            result.put("jobmanager.scheduler", "adaptive");
        }
        if (settings.highAvailability()) {
            result.put("high-availability.type", "zookeeper");
            result.put("high-availability.storageDir", uri(checkpoints.resolve("ha")));
            result.put("high-availability.zookeeper.client.session-timeout", "5000");
        }
        result.putAll(settings.configuration());
        return result;
    }

    /** Small, for the whole cluster shares a machine with the servers and the test. */
    private static void memory(Map<String, String> result) {
        result.put("jobmanager.memory.process.size", "640m");
        result.put("jobmanager.memory.jvm-metaspace.size", "192m");
        result.put("jobmanager.memory.jvm-overhead.min", "64m");
        result.put("taskmanager.memory.process.size", "800m");
        result.put("taskmanager.memory.jvm-metaspace.size", "192m");
        result.put("taskmanager.memory.jvm-overhead.min", "64m");
        result.put("taskmanager.memory.network.min", "32m");
        result.put("taskmanager.memory.network.max", "32m");
        result.put("taskmanager.memory.managed.size", "64m");
    }

    /** Failures are seen soon, and jobs are given many attempts. */
    private static void failures(Map<String, String> result) {
        result.put("heartbeat.interval", "1000");
        result.put("heartbeat.timeout", "5000");
        result.put("restart-strategy.type", "fixed-delay");
        result.put("restart-strategy.fixed-delay.attempts", "2147483647");
        result.put("restart-strategy.fixed-delay.delay", "1 s");
        result.put("execution.checkpointing.tolerable-failed-checkpoints", "2147483647");
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static String uri(Path folder) {
        return folder.toUri().toString();
    }
}
