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

import java.util.function.Consumer;

/** Harm that a running job has to survive. */
enum Fault {
    KILL_TASK_MANAGER("a TaskManager is killed", FaultTargets::killTaskManager),
    KILL_JOB_MANAGER("the JobManager is killed", FaultTargets::killJobManager),
    KILL_REDIS("Redis is killed", targets -> targets.kill(targets.servers().redis())),
    KILL_AMPS("AMPS is killed", targets -> targets.kill(targets.servers().amps())),
    CUT_REDIS("Redis cannot be reached", targets -> targets.cut(targets.servers().redis())),
    CUT_AMPS("AMPS cannot be reached", targets -> targets.cut(targets.servers().amps())),
    PAUSE_TASK_MANAGER(
            "a TaskManager is paused", targets -> targets.pause(targets.anyTaskManager())),
    PAUSE_REDIS("Redis is paused", targets -> targets.pause(targets.servers().redis())),
    PAUSE_AMPS("AMPS is paused", targets -> targets.pause(targets.servers().amps())),
    LOSE_CHECKPOINT_FOLDER("there is no room for checkpoints", FaultTargets::loseCheckpoints),
    DELETE_GROUP("the consumer group is deleted", FaultTargets::deleteGroup),
    BURST("many files, entries and messages come at once", FaultTargets::burst);

    private final String event;
    private final Consumer<FaultTargets> harm;

    Fault(String event, Consumer<FaultTargets> harm) {
        this.event = event;
        this.harm = harm;
    }

    /** Does it, and undoes what can be undone; the job may still have to recover from it. */
    void inject(FaultTargets targets) {
        harm.accept(targets);
    }

    @Override
    public String toString() {
        return event;
    }
}
