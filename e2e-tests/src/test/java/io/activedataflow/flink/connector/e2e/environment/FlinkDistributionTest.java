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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class FlinkDistributionTest {

    @TempDir Path folder;

    @Test
    void classPathHasEachJarAndTheLibraries() throws IOException {
        add("flink-core-2.3.0.jar", "flink-core-api-2.3.0.jar", "notes.txt");

        String classPath =
                FlinkDistribution.at(folder).classPathWith(List.of(Path.of("/jobs/client.jar")));

        assertThat(classPath.split(File.pathSeparator))
                .containsExactlyInAnyOrder(
                        lib("flink-core-2.3.0.jar"),
                        lib("flink-core-api-2.3.0.jar"),
                        Path.of("/jobs/client.jar").toAbsolutePath().toString());
    }

    @Test
    void twoVersionsOfOneJarAreRefused() throws IOException {
        add("log4j-api-2.25.5.jar", "log4j-api-2.24.3.jar", "log4j-core-2.25.5.jar");

        assertThatThrownBy(() -> FlinkDistribution.at(folder))
                .hasMessageContaining("log4j-api-2.25.5.jar")
                .hasMessageContaining("log4j-api-2.24.3.jar")
                .hasMessageNotContaining("log4j-core")
                .hasMessageContaining("Delete the folder and build again.");
    }

    @Test
    void missingDistributionNamesTheCommandThatMakesIt() {
        assertThatThrownBy(() -> FlinkDistribution.at(folder.resolve("none")))
                .hasMessageContaining(folder.resolve("none").toString())
                .hasMessageContaining("./mvnw pre-integration-test");
    }

    private void add(String... names) throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        for (String name : names) {
            Files.createFile(folder.resolve("lib").resolve(name));
        }
    }

    private String lib(String name) {
        return folder.toAbsolutePath().resolve("lib").resolve(name).toString();
    }
}
