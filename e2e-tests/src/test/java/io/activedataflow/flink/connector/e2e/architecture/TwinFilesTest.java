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

package io.activedataflow.flink.connector.e2e.architecture;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The connectors do not depend on each other, so what they share in idea exists once per connector.
 * The copies must stay the same but for package and prefix, or a fix misses its twin.
 */
@Timeout(60)
class TwinFilesTest {

    private static final String PATTERN_MODULE = "flink-connector-redis-streams";

    @ParameterizedTest
    @CsvSource({
        "flink-connector-amps, src/test, architecture/ConnectorArchitectureTest.java",
        "flink-connector-amps, src/test, architecture/TestCodeArchitectureTest.java",
        "flink-connector-amps, src/test, architecture/Conditions.java",
        "flink-connector-amps, src/test, architecture/FlinkApi.java",
        "flink-connector-amps, src/test, architecture/OnlyMainClasses.java",
        "flink-connector-amps, src/test, architecture/OnlyTestClasses.java",
        "flink-connector-recordfile, src/test, architecture/ConnectorArchitectureTest.java",
        "flink-connector-recordfile, src/test, architecture/TestCodeArchitectureTest.java",
        "flink-connector-recordfile, src/test, architecture/Conditions.java",
        "flink-connector-recordfile, src/test, architecture/FlinkApi.java",
        "flink-connector-recordfile, src/test, architecture/OnlyMainClasses.java",
        "flink-connector-recordfile, src/test, architecture/OnlyTestClasses.java"
    })
    void twinsAreTheSame(String module, String sourceRoot, String file) throws IOException {
        assertThat(normalized(module, sourceRoot, file))
                .isEqualTo(normalized(PATTERN_MODULE, sourceRoot, file));
    }

    private static String normalized(String module, String sourceRoot, String file)
            throws IOException {
        String projectRoot = System.getProperty("test.project.root");
        assumeThat(projectRoot).as("set by the build, not by an IDE").isNotNull();
        Path path =
                Path.of(
                        projectRoot,
                        module,
                        sourceRoot,
                        "java/io/activedataflow/flink/connector",
                        packageOf(module),
                        file);
        return Files.readString(path)
                .replace("flink.connector." + packageOf(module), "flink.connector.PACKAGE")
                .replaceAll("\\b" + prefixOf(module), "PREFIX")
                .replaceAll("(VENDOR_CLIENT = )\"[^\"]*\"", "$1VENDOR");
    }

    private static String packageOf(String module) {
        return switch (module) {
            case "flink-connector-amps" -> "amps";
            case "flink-connector-redis-streams" -> "redis";
            case "flink-connector-recordfile" -> "recordfile";
            default -> throw new IllegalArgumentException(module);
        };
    }

    private static String prefixOf(String module) {
        return switch (module) {
            case "flink-connector-amps" -> "Amps";
            case "flink-connector-redis-streams" -> "RedisStreams";
            case "flink-connector-recordfile" -> "RecordFile";
            default -> throw new IllegalArgumentException(module);
        };
    }
}
