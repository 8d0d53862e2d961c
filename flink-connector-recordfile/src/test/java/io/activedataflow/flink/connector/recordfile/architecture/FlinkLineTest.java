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

package io.activedataflow.flink.connector.recordfile.architecture;

import org.apache.flink.runtime.util.EnvironmentInformation;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Proves that a lane of the build really runs on the Flink line that it is named after. */
@Timeout(60)
@Tag("compat")
class FlinkLineTest {

    @Test
    void testsRunOnTheFlinkLineOfTheBuild() {
        String flinkOfTheBuild = System.getProperty("test.flink.version");
        assumeThat(flinkOfTheBuild).as("set by the build, not by an IDE").isNotNull();

        assertThat(EnvironmentInformation.getVersion()).isEqualTo(flinkOfTheBuild);
    }
}
