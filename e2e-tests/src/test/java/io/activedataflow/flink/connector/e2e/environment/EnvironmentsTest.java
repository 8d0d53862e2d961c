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
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class EnvironmentsTest {

    private static final BooleanSupplier NOT_ASKED =
            () -> {
                throw new AssertionError("Docker was asked for.");
            };

    @TempDir private Path project;

    private Map<String, String> properties(String provider) {
        return Map.of("test.project.root", project.toString(), "e2e.provider", provider);
    }

    @Test
    void containersAreUsedWhereADockerEngineAnswers() {
        Map<String, String> properties = Map.of("test.project.root", project.toString());
        try (Environment environment = Environments.choose(properties, () -> true)) {
            assertThat(environment).isInstanceOf(ContainerEnvironment.class);
            assertThat(environment.description()).contains("flink:", "redis:");
        }
        try (Environment environment = Environments.choose(properties, () -> false)) {
            assertThat(environment).isInstanceOf(ProcessEnvironment.class);
            assertThat(environment.description()).contains("processes");
        }
    }

    @Test
    void providerThatIsNamedIsUsedWithoutAsking() {
        try (Environment environment = Environments.choose(properties("container"), NOT_ASKED)) {
            assertThat(environment).isInstanceOf(ContainerEnvironment.class);
        }
        try (Environment environment = Environments.choose(properties("process"), NOT_ASKED)) {
            assertThat(environment).isInstanceOf(ProcessEnvironment.class);
        }
        assertThatThrownBy(() -> Environments.choose(properties("docker"), NOT_ASKED))
                .hasMessageContaining("'docker'")
                .hasMessageContaining("auto, process or container");
    }

    @Test
    void sharedFolderIsInTheBuildFolderAndGoesWithTheEnvironment() {
        Path shared;
        try (Environment environment = Environments.choose(properties("process"), NOT_ASKED)) {
            shared = environment.sharedFolder();
            assertThat(shared).isDirectory().startsWith(project.resolve("e2e-tests/target"));
        }
        assertThat(Files.exists(shared.getParent())).isFalse();
    }
}
