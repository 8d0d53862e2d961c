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

import io.activedataflow.flink.connector.e2e.readme.Readme;

import org.apache.flink.configuration.YamlParserUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that show how to deploy the quick start's job, and the versions in the parent POM. */
public final class DeploymentExamples {

    private DeploymentExamples() {}

    static Yaml compose() {
        return Yaml.parse(text("docker-compose.yml"));
    }

    static Yaml flinkDeployment() {
        return Yaml.parse(text("flink-deployment.yaml"));
    }

    static String dockerfile() {
        return text("Dockerfile");
    }

    /** What the JobManager of the containers is started with, the arguments of the job included. */
    static List<String> composeCommand() {
        return compose().at("services", "jobmanager", "command").texts();
    }

    public static List<String> composeJobArguments() {
        List<String> command = composeCommand();
        return command.subList(command.indexOf("--job-classname") + 2, command.size());
    }

    public static List<String> kubernetesJobArguments() {
        return flinkDeployment().at("spec", "job", "args").texts();
    }

    static Map<String, String> composeConfiguration(String service) {
        String properties =
                compose().at("services", service, "environment", "FLINK_PROPERTIES").text();
        return flat(Yaml.parse(properties));
    }

    static Map<String, String> kubernetesConfiguration() {
        return flat(flinkDeployment().at("spec", "flinkConfiguration"));
    }

    private static Map<String, String> flat(Yaml configuration) {
        Map<String, String> flat = new TreeMap<>();
        configuration.entries().forEach((key, value) -> flat.put(key, value.text()));
        return flat;
    }

    static String flinkVersion() {
        return inParentPom("<flink.version>([^<]+)</flink.version>");
    }

    static String projectVersion() {
        return inParentPom(
                "<artifactId>flink-connectors-parent</artifactId>\\s*<version>([^<]+)</version>");
    }

    private static String inParentPom(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(read(projectRoot().resolve("pom.xml")));
        if (!matcher.find()) {
            throw new IllegalStateException("There is no " + pattern + " in the parent POM.");
        }
        return matcher.group(1);
    }

    private static String text(String file) {
        return read(projectRoot().resolve("e2e-tests").resolve("deployment").resolve(file));
    }

    private static Path projectRoot() {
        return Readme.file().getParent();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of a document: a map, a list or a scalar. */
    record Yaml(Object node) {

        static Yaml parse(String text) {
            return new Yaml(YamlParserUtils.convertToObject(text, Map.class));
        }

        Yaml at(String... keys) {
            Yaml here = this;
            for (String key : keys) {
                Yaml next = here.entries().get(key);
                if (next == null) {
                    throw new AssertionError(
                            "There is no '" + key + "' of " + List.of(keys) + " in " + here.node);
                }
                here = next;
            }
            return here;
        }

        Map<String, Yaml> entries() {
            Map<String, Yaml> entries = new TreeMap<>();
            if (node instanceof Map<?, ?> map) {
                map.forEach((key, value) -> entries.put(key.toString(), new Yaml(value)));
            }
            return entries;
        }

        List<Yaml> elements() {
            return node instanceof List<?> list ? list.stream().map(Yaml::new).toList() : List.of();
        }

        List<String> texts() {
            return elements().stream().map(Yaml::text).toList();
        }

        String text() {
            return String.valueOf(node);
        }
    }
}
