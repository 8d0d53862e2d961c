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

import com.crankuptheamps.client.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** The jars as they would be released: our classes and nothing else. */
@Timeout(60)
class PackagedJarsITCase {

    private static final long TIMEOUT_MILLIS = 10_000;
    private static final int CLASS_FILE_OF_JAVA_17 = 61;

    @ParameterizedTest
    @CsvSource({
        "flink-connector-amps, amps",
        "flink-connector-redis-streams, redis",
        "flink-connector-recordfile, recordfile"
    })
    void jarHoldsOnlyThePackagesOfItsConnector(String module, String packageName)
            throws IOException {
        try (JarFile jar = open(module)) {
            List<String> files = files(jar);

            assertThat(files)
                    .anyMatch(name -> name.startsWith(root(packageName)))
                    .allMatch(
                            name ->
                                    name.startsWith(root(packageName))
                                            || name.startsWith("META-INF/"))
                    .noneMatch(name -> name.startsWith("META-INF/versions/"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flink-connector-amps",
        "flink-connector-redis-streams",
        "flink-connector-recordfile"
    })
    void jarCarriesLicenceAndNotice(String module) throws IOException {
        try (JarFile jar = open(module)) {
            assertThat(files(jar)).contains("META-INF/LICENSE", "META-INF/NOTICE");
        }
    }

    @Test
    void testJarOfTheAmpsConnectorHoldsOnlyTheStandInServer() throws IOException {
        try (JarFile jar = new JarFile(jarOf("flink-connector-amps", "-tests").toFile())) {
            assertThat(files(jar))
                    .anyMatch(name -> name.startsWith(root("amps") + "standin/"))
                    .allMatch(
                            name ->
                                    name.startsWith(root("amps") + "standin/")
                                            || name.startsWith("META-INF/"))
                    .noneMatch(name -> name.matches(".*(Test|ITCase)(\\$.*)?\\.class"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flink-connector-amps",
        "flink-connector-redis-streams",
        "flink-connector-recordfile"
    })
    void classesRunOnJava17(String module) throws IOException {
        try (JarFile jar = open(module)) {
            for (String name : files(jar)) {
                if (name.endsWith(".class")) {
                    assertThat(classFileVersion(jar, name))
                            .as(name)
                            .isEqualTo(CLASS_FILE_OF_JAVA_17);
                }
            }
        }
    }

    @Test
    void standInServerNeedsNothingButTheJdk() throws Exception {
        Path jar = jarOf("flink-connector-amps", "-tests");

        try (StandInProcess server = StandInProcess.start(jar);
                Client client = new Client("packaged-jars")) {
            client.connect(server.uri());
            client.logon();
            client.publish("orders", "{}");
            client.publishFlush(TIMEOUT_MILLIS);
        }
    }

    private static JarFile open(String module) throws IOException {
        return new JarFile(jarOf(module, "").toFile());
    }

    private static Path jarOf(String module, String classifier) {
        return Path.of(
                System.getProperty("test.project.root"),
                module,
                System.getProperty("test.build.output"),
                module + "-" + System.getProperty("test.project.version") + classifier + ".jar");
    }

    private static List<String> files(JarFile jar) {
        return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }

    private static String root(String packageName) {
        return "io/activedataflow/flink/connector/" + packageName + "/";
    }

    private static int classFileVersion(JarFile jar, String name) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
