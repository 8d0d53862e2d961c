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

package io.activedataflow.flink.connector.e2e.deployment;

import io.activedataflow.flink.connector.e2e.deployment.DeploymentExamples.Yaml;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The deployment examples are what Flink, Docker Compose and the Flink Kubernetes Operator
 * understand, as far as that can be told without running them.
 */
@Timeout(60)
class DeploymentExamplesTest {

    private static final Pattern USER_IN_URI = Pattern.compile("://[^/\\s]*@");
    private static final Pattern SECRET = Pattern.compile("(?i)passw|secret|token|credential");
    private static final List<String> FLINK_SERVICES = List.of("jobmanager", "taskmanager");

    private final Yaml compose = DeploymentExamples.compose();
    private final Yaml spec = DeploymentExamples.flinkDeployment().at("spec");

    @Test
    void flinkUnderstandsTheConfigurationOfTheContainers() {
        assertThat(problemsWith(DeploymentExamples.composeConfiguration("jobmanager"))).isEmpty();
        assertThat(DeploymentExamples.composeConfiguration("taskmanager"))
                .isEqualTo(DeploymentExamples.composeConfiguration("jobmanager"));
    }

    @Test
    void flinkUnderstandsTheConfigurationForKubernetes() {
        assertThat(problemsWith(DeploymentExamples.kubernetesConfiguration())).isEmpty();
    }

    private static List<String> problemsWith(Map<String, String> configuration) {
        assumeThat(System.getProperty("test.flink.version", DeploymentExamples.flinkVersion()))
                .as("The examples are for the default line.")
                .isEqualTo(DeploymentExamples.flinkVersion());
        FlinkOptionCatalog options = FlinkOptionCatalog.load();
        assertThat(configuration).hasSizeGreaterThan(20);
        return configuration.entrySet().stream()
                .flatMap(entry -> options.problemWith(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    @Test
    void imagesAreOfTheFlinkOfThisBuild() {
        String official = "flink:" + DeploymentExamples.flinkVersion() + "-java17";
        String[] version = DeploymentExamples.flinkVersion().split("\\.");

        for (String service : List.of("jobmanager", "taskmanager", "volume-owner")) {
            assertThat(compose.at("services", service, "image").text()).isEqualTo(official);
        }
        assertThat(DeploymentExamples.dockerfile()).contains("\nFROM " + official + "\n");
        assertThat(spec.at("image").text()).endsWith(":" + DeploymentExamples.flinkVersion());
        assertThat(spec.at("flinkVersion").text()).isEqualTo("v" + version[0] + "_" + version[1]);
    }

    @Test
    void jobJarIsTheOneThatTheBuildMakes() {
        String jar = "target/e2e-tests-" + DeploymentExamples.projectVersion() + "-job.jar";
        String inImage = "/opt/flink/usrlib/quick-start.jar";

        for (String service : FLINK_SERVICES) {
            assertThat(compose.at("services", service, "volumes").texts())
                    .contains("../" + jar + ":" + inImage + ":ro");
        }
        assertThat(DeploymentExamples.dockerfile()).contains(" " + jar + " " + inImage + "\n");
        assertThat(spec.at("job", "jarURI").text()).isEqualTo("local://" + inImage);
    }

    @Test
    void mainClassExists() throws Exception {
        List<String> command = DeploymentExamples.composeCommand();
        String mainClass = spec.at("job", "entryClass").text();

        assertThat(command).startsWith("standalone-job", "--job-classname", mainClass);
        assertThat(Class.forName(mainClass).getMethod("main", String[].class)).isNotNull();
    }

    @Test
    void flinkDeploymentHasTheShapeThatTheOperatorExpects() {
        Yaml deployment = DeploymentExamples.flinkDeployment();

        assertThat(deployment.at("apiVersion").text()).isEqualTo("flink.apache.org/v1beta1");
        assertThat(deployment.at("kind").text()).isEqualTo("FlinkDeployment");
        assertThat(deployment.at("metadata", "name").text()).isNotBlank();
        assertThat(spec.entries())
                .containsOnlyKeys(
                        "image",
                        "flinkVersion",
                        "serviceAccount",
                        "flinkConfiguration",
                        "jobManager",
                        "taskManager",
                        "podTemplate",
                        "job");
        assertThat(spec.at("job", "upgradeMode").text())
                .isIn("savepoint", "last-state", "stateless");
        assertThat(spec.at("job", "state").text()).isIn("running", "suspended");
        assertThat(Integer.parseInt(spec.at("job", "parallelism").text())).isPositive();
        assertThat(spec.at("flinkConfiguration").entries().values())
                .as("values of the map of strings")
                .allMatch(value -> value.node() instanceof String);
    }

    @Test
    void whatContainersReferToIsDeclared() {
        for (Yaml service : compose.at("services").entries().values()) {
            assertThat(compose.at("volumes").entries().keySet())
                    .containsAll(namedVolumesOf(service));
            assertThat(compose.at("services").entries().keySet())
                    .containsAll(
                            service.entries().containsKey("depends_on")
                                    ? service.at("depends_on").entries().keySet()
                                    : List.of());
            if (service.entries().containsKey("secrets")) {
                assertThat(compose.at("secrets").entries().keySet())
                        .containsAll(service.at("secrets").texts());
            }
        }
    }

    private static List<String> namedVolumesOf(Yaml service) {
        return service.at("volumes").texts().stream()
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .filter(source -> !source.contains("/"))
                .toList();
    }

    @Test
    void whatPodsMountIsDeclared() {
        Yaml pod = spec.at("podTemplate", "spec");
        Yaml container = pod.at("containers").elements().get(0);

        assertThat(container.at("name").text()).isEqualTo("flink-main-container");
        assertThat(container.at("volumeMounts").elements())
                .map(mount -> mount.at("name").text())
                .containsExactlyElementsOf(
                        pod.at("volumes").elements().stream()
                                .map(volume -> volume.at("name").text())
                                .toList());
    }

    @Test
    void passwordsAreReadFromWhatIsMounted() {
        Yaml pod = spec.at("podTemplate", "spec");
        Yaml credentials = pod.at("volumes").elements().get(1);
        Yaml mount = pod.at("containers").elements().get(0).at("volumeMounts").elements().get(1);

        assertThat(credentials.at("secret", "secretName").text()).isEqualTo("redis-credentials");
        assertThat(DeploymentExamples.kubernetesJobArguments())
                .containsSequence(
                        "--redis-password-file", mount.at("mountPath").text() + "/password");
        assertThat(DeploymentExamples.composeJobArguments())
                .containsSequence("--redis-password-file", "/run/secrets/redis-password");
        for (String service : FLINK_SERVICES) {
            assertThat(compose.at("services", service, "secrets").texts())
                    .contains("redis-password");
        }
    }

    @Test
    void noSecretIsWrittenDown() {
        assertThat(compose.at("secrets", "redis-password").entries()).containsOnlyKeys("file");
        Stream.of(DeploymentExamples.compose(), DeploymentExamples.flinkDeployment())
                .flatMap(DeploymentExamplesTest::scalars)
                .forEach(
                        scalar -> {
                            assertThat(scalar.getValue()).doesNotContainPattern(USER_IN_URI);
                            if (SECRET.matcher(scalar.getKey()).find()) {
                                assertThat(scalar.getValue())
                                        .as(scalar.getKey())
                                        .matches("(\\./|/).*|redis-credentials");
                            }
                        });
    }

    /** Every scalar with the key that it stands below. */
    private static Stream<Map.Entry<String, String>> scalars(Yaml yaml) {
        return scalars("", yaml);
    }

    private static Stream<Map.Entry<String, String>> scalars(String key, Yaml yaml) {
        if (yaml.node() instanceof Map) {
            return yaml.entries().entrySet().stream()
                    .flatMap(entry -> scalars(entry.getKey(), entry.getValue()));
        }
        if (yaml.node() instanceof List) {
            return yaml.elements().stream().flatMap(element -> scalars("", element));
        }
        return Stream.of(Map.entry(key, yaml.text()));
    }
}
