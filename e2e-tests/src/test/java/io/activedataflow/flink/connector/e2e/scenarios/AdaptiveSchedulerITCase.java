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

import io.activedataflow.flink.connector.e2e.environment.ClusterSettings;
import io.activedataflow.flink.connector.e2e.environment.FlinkClusterExtension;
import io.activedataflow.flink.connector.e2e.environment.ManagedProcess;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;
import io.activedataflow.flink.connector.redis.testutils.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job takes what TaskManagers there are. */
@Timeout(400)
class AdaptiveSchedulerITCase {

    private static final String ADAPTIVE = "jobmanager.adaptive-scheduler.";
    private static final double RATE = 150;
    private static final long SOME = 700;

    @RegisterExtension
    static final FlinkClusterExtension FLINK =
            new FlinkClusterExtension(
                    ClusterSettings.standard()
                            .withTaskManagers(1, 2)
                            .withoutHighAvailability()
                            .withScheduler(ClusterSettings.Scheduler.ADAPTIVE)
                            .with(ADAPTIVE + "submission.resource-stabilization-timeout", "1 s")
                            .with(ADAPTIVE + "executing.cooldown-after-rescaling", "1 s")
                            .with(ADAPTIVE + "executing.resource-stabilization-timeout", "1 s")
                            .with(ADAPTIVE + "rescale-trigger.max-delay", "2 s")
                            // The same for Flink 1.20.
                            .with(ADAPTIVE + "resource-stabilization-timeout", "1 s")
                            .with(ADAPTIVE + "scaling-interval.min", "1 s")
                            .with(ADAPTIVE + "scaling-interval.max", "3 s"));

    @Test
    void jobGrowsAndShrinksWithTheCluster() {
        try (Scenario scenario = Scenario.start("Adaptive scheduler", FLINK, OrderBook.of(12))) {
            scenario.feed(RATE);
            RunningPipeline job = scenario.run(scenario.job().withParallelism(4));
            awaitParallelism(job, 2);
            job.awaitMore(SOME);

            FLINK.cluster().addTaskManager();
            awaitParallelism(job, 4);
            job.awaitMore(SOME);

            ManagedProcess oldest = FLINK.cluster().taskManagers().get(0);
            oldest.kill();
            awaitParallelism(job, 2);
            job.awaitMore(SOME);

            oldest.start();
            awaitParallelism(job, 4);
            job.awaitMore(SOME);
            scenario.finishFeeding();
            scenario.finish(job);
        }
    }

    private static void awaitParallelism(RunningPipeline job, int parallelism) {
        Await.until(
                "parallelism " + parallelism,
                RunningPipeline.PATIENCE,
                () ->
                        job.details().allRunning()
                                && job.details().vertexWith("Source: redis").parallelism()
                                        == parallelism,
                () -> job.details().toString());
    }
}
