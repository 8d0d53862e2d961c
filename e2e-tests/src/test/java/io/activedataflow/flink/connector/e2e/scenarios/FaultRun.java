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

import io.activedataflow.flink.connector.e2e.environment.FlinkRest;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Does harm to a job, again and again, whenever it is well; tells of each on standard output. */
final class FaultRun {

    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final FaultTargets targets;
    private final FaultPlan plan;
    private final RestartCount restarts = new RestartCount();
    private final Set<String> failures = new LinkedHashSet<>();
    private int faults;

    FaultRun(FaultTargets targets, FaultPlan plan) {
        this.targets = targets;
        this.plan = plan;
    }

    /** Returns when each fault was there and the time is over, and the job is well. */
    void run(Duration atLeast) {
        long start = System.nanoTime();
        targets.job().awaitAllRunning();
        targets.job().awaitCaughtUp(targets.feedings());
        while (!plan.hasHadAll() || System.nanoTime() - start < atLeast.toNanos()) {
            inject(plan.next());
        }
    }

    private void inject(Fault fault) {
        long before = restarts.total();
        long start = System.nanoTime();
        fault.inject(targets);
        long done = System.nanoTime();
        targets.job().awaitCaughtUp(targets.feedings());
        targets.job().awaitAllRunning();
        faults++;
        takeNote(fault);
        System.out.printf(
                "%4d. %s: %.1f s, caught up after %.1f s, %d restarts%n",
                faults,
                fault,
                (done - start) / NANOS_PER_SECOND,
                (System.nanoTime() - done) / NANOS_PER_SECOND,
                restarts.total() - before);
    }

    private void takeNote(Fault fault) {
        if (fault == Fault.KILL_JOB_MANAGER) {
            restarts.jobManagerReplaced();
        }
        FlinkRest rest = targets.flink().rest();
        restarts.seen(rest.restarts(targets.job().id()));
        failures.addAll(rest.exceptions(targets.job().id()));
    }

    /** How many faults there were. */
    int faults() {
        return faults;
    }

    /** How often the job was restarted. */
    long restarts() {
        return restarts.total();
    }

    /** Why the job was restarted: stack traces. */
    Set<String> failures() {
        return failures;
    }
}
