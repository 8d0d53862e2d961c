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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class CliOutputTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    @Test
    void findsTheSubmittedJob() {
        assertThat(CliOutput.submittedJob("Job has been submitted with JobID " + ID + "\n"))
                .isEqualTo(ID);
    }

    @Test
    void findsTheSavepoint() {
        assertThat(
                        CliOutput.savepoint(
                                "Suspending job.\nSavepoint completed. Path: file:/sp/savepoint-1\n"))
                .isEqualTo("file:/sp/savepoint-1");
    }

    @Test
    void findsTheJobsThatAreListed() {
        assertThat(
                        CliOutput.listedJobs(
                                "--- Running/Restarting Jobs ---\n21.11.2026 20:00:00 : "
                                        + ID
                                        + " : counting (RUNNING)\n"))
                .containsExactly(ID);
        assertThat(CliOutput.listedJobs("No running jobs.")).isEmpty();
    }

    @Test
    void showsWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> CliOutput.submittedJob("The program finished."))
                .hasMessageContaining("The program finished.");
    }
}
