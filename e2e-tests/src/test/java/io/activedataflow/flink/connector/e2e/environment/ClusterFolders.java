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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Everything a cluster of processes reads and writes, below one folder. */
record ClusterFolders(Path root) {

    /** To the standard output, so that one file has this and what the JVM itself has to say. */
    private static final String LOGGING =
            """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = Console
            appender.console.name = Console
            appender.console.type = Console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %-60c - %m%n
            """;

    /** Creates the folders and writes how Flink is to log. */
    static ClusterFolders create(Path root) {
        ClusterFolders folders = new ClusterFolders(root.toAbsolutePath());
        try {
            Files.createDirectories(folders.configuration());
            Files.createDirectories(folders.plugins());
            Files.createDirectories(folders.logs());
            Files.createDirectories(folders.temporary());
            Files.createDirectories(folders.checkpoints());
            Files.writeString(folders.loggingConfiguration(), LOGGING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the folders of a cluster in " + root, e);
        }
        return folders;
    }

    void writeConfiguration(Map<String, String> configuration) {
        try {
            Files.writeString(
                    configuration().resolve("config.yaml"),
                    new TreeMap<>(configuration)
                            .entrySet().stream()
                                    .map(line -> line.getKey() + ": " + quoted(line.getValue()))
                                    .collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write Flink's configuration.", e);
        }
    }

    Path configuration() {
        return root.resolve("conf");
    }

    Path plugins() {
        return root.resolve("plugins");
    }

    Path logs() {
        return root.resolve("log");
    }

    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    Path loggingConfiguration() {
        return configuration().resolve("log4j.properties");
    }

    /** Must exist all the time; a killed JVM leaves its files here. */
    Path temporary() {
        return root.resolve("tmp");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path zooKeeper() {
        return root.resolve("zookeeper");
    }

    private static String quoted(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }
}
