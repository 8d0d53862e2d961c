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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Chooses how scenarios run. */
public final class Environments {

    /** {@code process} or {@code container}, for those who do not want it chosen. */
    static final String PROVIDER_PROPERTY = "e2e.provider";

    private static final String PROJECT_PROPERTY = "test.project.root";
    private static final String OUTPUT_PROPERTY = "test.build.output";
    private static final Logger LOG = LoggerFactory.getLogger(Environments.class);

    private Environments() {}

    /** Containers where a Docker engine answers, processes of this machine otherwise. */
    public static Environment detect() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name)));
        Environment environment =
                choose(properties, DockerClientFactory.instance()::isDockerAvailable);
        LOG.info("Scenarios run as {}.", environment.description());
        return environment;
    }

    /**
     * As {@link #detect()}, from the given settings instead of this JVM's.
     *
     * @param dockerAnswers asked only if the settings leave it open
     */
    static Environment choose(Map<String, String> properties, BooleanSupplier dockerAnswers) {
        String provider = properties.getOrDefault(PROVIDER_PROPERTY, "auto");
        boolean containers =
                switch (provider) {
                    case "auto" -> dockerAnswers.getAsBoolean();
                    case "container" -> true;
                    case "process" -> false;
                    default ->
                            throw new IllegalArgumentException(
                                    PROVIDER_PROPERTY
                                            + " is '"
                                            + provider
                                            + "'. It can be auto, process or container.");
                };
        Path project = Path.of(properties.getOrDefault(PROJECT_PROPERTY, ".."));
        Path folder =
                project.resolve("e2e-tests")
                        .resolve(properties.getOrDefault(OUTPUT_PROPERTY, "target"))
                        .resolve("environment-" + UUID.randomUUID());
        return containers
                ? new ContainerEnvironment(ContainerImages.from(properties), folder, project)
                : new ProcessEnvironment(folder);
    }
}
