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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** The job jars as a user would build them: the job, connectors, clients, and nothing of Flink. */
@Timeout(60)
class JobJarsITCase {

    private static final String OURS = "io/activedataflow/flink/connector/";
    private static final String JOB = OURS + "e2e/pipeline/";
    private static final String QUICK_START = OURS + "e2e/quickstart/";
    private static final List<String> OF_THE_UPGRADE =
            List.of(
                    JOB + "LargeOrder.class",
                    JOB + "LargeOrders.class",
                    JOB + "UpgradedThreeSourcesJob.class");

    @ParameterizedTest
    @ValueSource(strings = {"job", "job-upgraded"})
    void jobBringsConnectorsAndClients(String classifier) throws IOException {
        assertThat(files(classifier))
                .contains(JOB + "ThreeSourcesPipeline.class")
                .contains(OURS + "amps/source/AmpsSource.class")
                .contains(OURS + "redis/source/RedisStreamsSource.class")
                .contains(OURS + "recordfile/source/RecordFileSource.class")
                .contains("com/crankuptheamps/client/Client.class")
                .contains("redis/clients/jedis/Connection.class")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "job-upgraded"})
    void jobBringsNothingThatTheClusterHas(String classifier) throws IOException {
        assertThat(files(classifier))
                .filteredOn(name -> name.endsWith(".class") || name.contains("META-INF/services/"))
                .allMatch(
                        name ->
                                name.startsWith(JOB)
                                        || name.startsWith(QUICK_START)
                                        || name.matches(OURS + "(amps|redis|recordfile)/.*")
                                        || name.startsWith("com/crankuptheamps/")
                                        || name.startsWith("redis/clients/")
                                        || name.startsWith("org/apache/commons/pool2/")
                                        || name.startsWith("com/google/gson/")
                                        || name.startsWith("org/json/"))
                .noneMatch(name -> name.startsWith(OURS + "amps/standin/"))
                .noneMatch(name -> name.startsWith(OURS + "redis/testutils/"));
    }

    @Test
    void jobOfTheDeploymentExamplesIsThere() throws IOException {
        assertThat(files("job")).contains(QUICK_START + "QuickStartClusterJob.class");
    }

    @Test
    void onlyTheUpgradedJobHasTheUpgrade() throws IOException {
        assertThat(files("job")).doesNotContainAnyElementsOf(OF_THE_UPGRADE);
        assertThat(files("job-upgraded")).containsAll(OF_THE_UPGRADE);
    }

    @Test
    void jobsNameTheirMainClasses() throws IOException {
        assertThat(mainClass("job")).endsWith(".pipeline.ThreeSourcesJob");
        assertThat(mainClass("job-upgraded")).endsWith(".pipeline.UpgradedThreeSourcesJob");
    }

    private static String mainClass(String classifier) throws IOException {
        try (JarFile jar = open(classifier)) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        }
    }

    private static List<String> files(String classifier) throws IOException {
        try (JarFile jar = open(classifier)) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    private static JarFile open(String classifier) throws IOException {
        return new JarFile(
                Path.of(
                                System.getProperty("test.project.root"),
                                "e2e-tests",
                                System.getProperty("test.build.output"),
                                "e2e-tests-"
                                        + System.getProperty("test.project.version")
                                        + "-"
                                        + classifier
                                        + ".jar")
                        .toFile());
    }
}
