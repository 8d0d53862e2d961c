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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Flink's own jars, which the build has put together in a folder. */
final class FlinkDistribution {

    private static final String FOLDER_PROPERTY = "test.flink.distribution";
    private static final String REMEDY =
            "Build up to the phase pre-integration-test, which puts them there: "
                    + "./mvnw pre-integration-test -Dphase.test=none -pl e2e-tests -am";

    private final Path lib;
    private final List<Path> jars;

    private FlinkDistribution(Path lib, List<Path> jars) {
        this.lib = lib;
        this.jars = jars;
    }

    /** The distribution of this build. */
    static FlinkDistribution ofThisBuild() {
        return at(folderOfThisBuild());
    }

    /** Where the build puts it. */
    static Path folderOfThisBuild() {
        return Path.of(
                        System.getProperty(
                                FOLDER_PROPERTY,
                                "target/flink-dist/" + System.getProperty("test.flink.version")))
                .toAbsolutePath();
    }

    /** The distribution in this folder. */
    static FlinkDistribution at(Path folder) {
        Path lib = folder.toAbsolutePath().resolve("lib");
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException("There are no jars of Flink in " + lib + ". " + REMEDY);
        }
        try (Stream<Path> files = Files.list(lib)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
            requireOneVersionOfEach(lib, jars);
            return new FlinkDistribution(lib, jars);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + lib, e);
        }
    }

    /** Where Flink looks for plug-ins of its own beside what is on the class path. */
    Path lib() {
        return lib;
    }

    List<Path> jars() {
        return jars;
    }

    /** The class path with more jars, as if they were copied into the lib folder. */
    String classPathWith(List<Path> libraries) {
        return Stream.concat(jars.stream(), libraries.stream().map(Path::toAbsolutePath))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A folder that has seen another version keeps its jars, and Java takes the first it finds. */
    private static void requireOneVersionOfEach(Path lib, List<Path> jars) {
        Map<String, List<String>> versions =
                jars.stream()
                        .map(jar -> jar.getFileName().toString())
                        .collect(Collectors.groupingBy(FlinkDistribution::withoutVersion));
        List<String> twice =
                versions.values().stream()
                        .filter(names -> names.size() > 1)
                        .map(names -> String.join(" and ", names))
                        .toList();
        if (!twice.isEmpty()) {
            throw new IllegalStateException(
                    "There are two versions of one jar in "
                            + lib
                            + ": "
                            + String.join(", ", twice)
                            + ". Delete the folder and build again.");
        }
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("-\\d+\\..*", "");
    }
}
