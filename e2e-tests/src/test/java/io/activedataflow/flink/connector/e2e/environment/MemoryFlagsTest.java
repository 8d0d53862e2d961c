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
class MemoryFlagsTest {

    @Test
    void readsBothLinesOfTheAnswer() {
        MemoryFlags flags =
                MemoryFlags.parse(
                        """
                        10:00:00 INFO  something is logged
                        BASH_JAVA_UTILS_EXEC_RESULT:-Xmx160m -Xms160m
                        BASH_JAVA_UTILS_EXEC_RESULT:-D taskmanager.cpu.cores=2.0 -D a.b=1b
                        """);

        assertThat(flags.jvm()).containsExactly("-Xmx160m", "-Xms160m");
        assertThat(flags.properties())
                .containsExactly("-D", "taskmanager.cpu.cores=2.0", "-D", "a.b=1b");
    }

    @Test
    void anythingElseIsShown() {
        assertThatThrownBy(() -> MemoryFlags.parse("Sum of configured memory exceeds total"))
                .hasMessageContaining("0 lines instead of 2")
                .hasMessageContaining("Sum of configured memory exceeds total");
    }
}
