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

import io.activedataflow.flink.connector.e2e.environment.FlinkCluster;
import io.activedataflow.flink.connector.e2e.environment.ManagedProcess;
import io.activedataflow.flink.connector.e2e.environment.ServerProcess;
import io.activedataflow.flink.connector.e2e.pipeline.Feeding;
import io.activedataflow.flink.connector.e2e.pipeline.Origin;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What faults are done to, and how.
 *
 * @param random chooses where there is a choice
 */
record FaultTargets(
        FlinkCluster flink,
        ScenarioServers servers,
        RunningPipeline job,
        List<Feeding> feedings,
        Random random) {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofSeconds(2);
    private static final int FAILED_CHECKPOINTS = 2;
    private static final int BURST = 2_000;

    ManagedProcess anyTaskManager() {
        List<ManagedProcess> all = flink.taskManagers();
        return all.get(random.nextInt(all.size()));
    }

    void killTaskManager() {
        ManagedProcess taskManager = anyTaskManager();
        taskManager.kill();
        taskManager.start();
    }

    void killJobManager() {
        flink.jobManager().kill();
        flink.jobManager().start();
    }

    void kill(ServerProcess server) {
        server.kill();
        elapse(OUTAGE);
        server.start();
    }

    void cut(ServerProcess server) {
        Await.until(
                "the job to be connected",
                RunningPipeline.PATIENCE,
                () -> server.network().connections() > 0);
        server.network().cut();
        elapse(OUTAGE);
        server.network().restore();
    }

    void pause(ManagedProcess process) {
        process.pause();
        try {
            elapse(PAUSE);
        } finally {
            process.resume();
        }
    }

    void loseCheckpoints() {
        CheckpointFolder folder = new CheckpointFolder(flink.checkpoints().resolve("checkpoints"));
        long before = flink.rest().checkpoints(job.id()).failed();
        folder.takeAway();
        try {
            Await.until(
                    "checkpoints to fail",
                    RunningPipeline.PATIENCE,
                    () ->
                            flink.rest().checkpoints(job.id()).failed()
                                    >= before + FAILED_CHECKPOINTS);
        } finally {
            folder.bringBack();
        }
    }

    void deleteGroup() {
        try (RedisCommands redis = servers.redisCommands()) {
            for (String stream : Origin.streams()) {
                redis.call("XGROUP", "DESTROY", stream, ScenarioServers.group());
            }
            for (String stream : Origin.streams()) {
                Await.until(
                        "the group of " + stream,
                        RunningPipeline.PATIENCE,
                        () -> !((List<?>) redis.call("XINFO", "GROUPS", stream)).isEmpty());
            }
        }
    }

    void burst() {
        feedings.forEach(feeding -> feeding.burst(BURST));
    }

    /** Harm lasts for a time, not until something happens. */
    private static void elapse(Duration duration) {
        long start = System.nanoTime();
        Await.until(
                "time to go by",
                duration.plus(RunningPipeline.PATIENCE),
                () -> System.nanoTime() - start >= duration.toNanos());
    }
}
