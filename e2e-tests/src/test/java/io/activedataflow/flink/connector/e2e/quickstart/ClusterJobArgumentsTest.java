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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.e2e.deployment.DeploymentExamples;

import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ClusterJobArgumentsTest {

    @Test
    void containersReadRedisAndFiles() {
        ClusterJobArguments arguments = parse(DeploymentExamples.composeJobArguments());

        assertThat(arguments.redisConnection().addresses()).containsExactly("redis:6379");
        assertThat(arguments.redisConnection().credentialsProvider().toString())
                .contains("/run/secrets/redis-password");
        assertThat(arguments.files()).isEqualTo(new Path("file:///flink-data/files"));
        assertThat(arguments.output(FileOrderSource.NAME))
                .isEqualTo(new Path("file:///flink-data/output/files"));
        assertThat(arguments.has(ClusterJobArguments.AMPS)).isFalse();
    }

    @Test
    void kubernetesReadsRedis() {
        ClusterJobArguments arguments = parse(DeploymentExamples.kubernetesJobArguments());

        assertThat(arguments.redisConnection().addresses())
                .containsExactly("redis.default.svc:6379");
        assertThat(arguments.redisConnection().credentialsProvider().toString())
                .contains("/etc/redis-credentials/password");
    }

    @Test
    void ampsHasSeveralServersAndAPasswordInAFile() {
        ClusterJobArguments arguments =
                ClusterJobArguments.parse(
                        "--amps",
                        "tcp://a:9007/amps/json,tcp://b:9007/amps/json",
                        "--amps-user",
                        "reader",
                        "--amps-password-file",
                        "/run/secrets/amps",
                        "--output",
                        "/out");

        assertThat(arguments.ampsConnection().servers()).hasSize(2);
        assertThat(arguments.ampsConnection().credentialsProvider().toString())
                .contains("reader", "/run/secrets/amps");
    }

    @ParameterizedTest
    @CsvSource({
        "--output /out, Add --redis",
        "--files /in, Add --output",
        "--files, --files has no value",
        "--output /a --output /b, --output is given twice",
        "--redis-password sesame --output /out, Each argument is one of these names"
    })
    void refusesWhatMakesNoSense(String args, String message) {
        assertThatThrownBy(() -> ClusterJobArguments.parse(args.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("sesame");
    }

    private static ClusterJobArguments parse(List<String> arguments) {
        return ClusterJobArguments.parse(arguments.toArray(String[]::new));
    }
}
