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

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the build has put together is Flink, as users have it. */
@Timeout(30)
class FlinkDistributionITCase {

    private final List<String> jars =
            FlinkDistribution.ofThisBuild().jars().stream()
                    .map(jar -> jar.getFileName().toString())
                    .toList();

    @Test
    void holdsWhatRunsACluster() {
        String version = System.getProperty("test.flink.version");
        assertThat(jars)
                .contains(
                        "flink-runtime-" + version + ".jar",
                        "flink-clients-" + version + ".jar",
                        "flink-rpc-akka-loader-" + version + ".jar",
                        "flink-runtime-web-" + version + ".jar",
                        "flink-connector-base-" + version + ".jar",
                        "flink-connector-files-" + version + ".jar")
                .anyMatch(jar -> jar.startsWith("flink-shaded-zookeeper-3-"))
                .anyMatch(jar -> jar.startsWith("log4j-core-"));
    }

    /** Else a job would run that does not bring all it needs. */
    @Test
    void holdsNothingThatJobsBring() {
        assertThat(jars)
                .noneMatch(
                        jar ->
                                jar.matches(
                                        "(flink-connector-(amps|redis|recordfile)|amps|jedis|gson|json|commons-pool2|redis|embedded-redis|junit|flink-test).*"))
                .noneMatch(jar -> jar.contains("-tests"));
    }
}
