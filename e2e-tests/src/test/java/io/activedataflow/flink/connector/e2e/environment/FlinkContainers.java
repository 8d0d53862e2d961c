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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the containers of one Flink cluster are. They run the start scripts of the image, on
 * configuration in a folder that all see under the same path as the test does.
 *
 * @param image of Flink
 * @param settings of the cluster
 * @param folders of the cluster, within what all see
 * @param seen what all see and may write
 * @param jars what all see and may not write, where jobs and libraries are
 */
record FlinkContainers(
        String image, ClusterSettings settings, ClusterFolders folders, Path seen, Path jars) {

    static final int REST_PORT = 8081;
    static final int ZOO_KEEPER_PORT = 2181;
    static final String FLINK = "/opt/flink/bin/flink";

    private static final String JOB_MANAGER = "jobmanager";
    private static final String ZOO_KEEPER = "zookeeper";

    /** Flink's configuration, the same for all. */
    Map<String, String> configuration() {
        Map<String, String> result =
                new LinkedHashMap<>(FlinkConfiguration.of(settings, folders.checkpoints()));
        result.put("jobmanager.rpc.address", JOB_MANAGER);
        result.put("jobmanager.bind-host", "0.0.0.0");
        result.put("taskmanager.bind-host", "0.0.0.0");
        result.put("rest.address", JOB_MANAGER);
        result.put("rest.bind-address", "0.0.0.0");
        result.put("rest.port", Integer.toString(REST_PORT));
        result.put("env.java.opts.all", String.join(" ", FlinkJvm.OPENED));
        if (settings.highAvailability()) {
            result.put("high-availability.zookeeper.quorum", ZOO_KEEPER + ':' + ZOO_KEEPER_PORT);
        }
        return result;
    }

    /** Writes what the start scripts read. */
    void writeConfiguration() {
        folders.writeConfiguration(configuration());
        try {
            Files.copy(
                    folders.loggingConfiguration(),
                    folders.configuration().resolve("log4j-console.properties"));
            Files.writeString(
                    folders.configuration().resolve("zoo.cfg"),
                    """
                    tickTime=500
                    initLimit=10
                    syncLimit=5
                    maxClientCnxns=0
                    admin.enableServer=false
                    clientPort=%d
                    dataDir=%s
                    server.1=localhost
                    """
                            .formatted(ZOO_KEEPER_PORT, folders.zooKeeper()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write how Flink is to run in containers.", e);
        }
    }

    /**
     * The JobManager.
     *
     * @param port of this machine, for the REST API
     */
    ContainerSpec jobManager(int port) {
        return spec(JOB_MANAGER, "jobmanager.sh", List.of(), Map.of(REST_PORT, port));
    }

    /** A TaskManager, whose identity begins with its name. */
    ContainerSpec taskManager(String name) {
        return spec(name, "taskmanager.sh", List.of("-D", "taskmanager.host=" + name), Map.of());
    }

    /** The server for high availability, which the image has, too. */
    ContainerSpec zooKeeper(int port) {
        return spec(ZOO_KEEPER, "zookeeper.sh", List.of("1"), Map.of(ZOO_KEEPER_PORT, port));
    }

    private ContainerSpec spec(
            String name, String script, List<String> arguments, Map<Integer, Integer> ports) {
        List<String> all = new ArrayList<>(List.of("start-foreground"));
        all.addAll(arguments);
        return new ContainerSpec(
                image,
                name,
                List.of("/opt/flink/bin/" + script),
                all,
                Map.of(
                        "FLINK_CONF_DIR", folders.configuration().toString(),
                        "FLINK_LOG_DIR", folders.logs().toString()),
                ports,
                libraries(),
                Map.of(),
                List.of(new ContainerSpec.Mount(jars, false), new ContainerSpec.Mount(seen, true)),
                Optional.of(owner(seen)),
                true);
    }

    private Map<String, Path> libraries() {
        return settings.libraries().stream()
                .collect(
                        Collectors.toMap(jar -> "/opt/flink/lib/" + jar.getFileName(), jar -> jar));
    }

    /** The test removes what Flink has written, and may do so with its own files only. */
    private static String owner(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:uid")
                    + ":"
                    + Files.getAttribute(folder, "unix:gid");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot ask who owns " + folder, e);
        }
    }
}
