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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class JobSubmissionTest {

    private static final Path JAR = Path.of("/jobs/job.jar");

    @Test
    void leavesToFlinkWhatIsNotSaid() {
        assertThat(JobSubmission.of(JAR, "Main").commandLine())
                .containsExactly("run", "--detached", "--class", "Main", JAR.toString());
    }

    @Test
    void saysEverythingBeforeTheJarAndTheArgumentsBehindIt() {
        JobSubmission job =
                JobSubmission.of(JAR, "Main", "--rate", "5")
                        .withParallelism(3)
                        .from("file:/sp/savepoint-1")
                        .with("execution.checkpointing.interval", "2 s");

        assertThat(job.commandLine())
                .containsExactly(
                        "run",
                        "--detached",
                        "--parallelism",
                        "3",
                        "--fromSavepoint",
                        "file:/sp/savepoint-1",
                        "-Dexecution.checkpointing.interval=2 s",
                        "--class",
                        "Main",
                        JAR.toString(),
                        "--rate",
                        "5");
    }
}
