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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Makes the processes of one cluster, none of them started.
 *
 * @param java how they are run
 * @param rest tells which of them answer
 * @param reaper ends them if nobody else does
 */
record FlinkProcesses(FlinkJvm java, FlinkRest rest, Reaper reaper) {

    private static final String ZOO_KEEPER =
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";
    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final int SOCKET_TIMEOUT_MILLIS = 1000;

    /** A server of its own for high availability; the short tick makes sessions end in time. */
    FlinkProcess zooKeeper(int port) {
        Path configuration = java.folders().configuration().resolve("zoo.cfg");
        try {
            Files.writeString(
                    configuration,
                    """
                    tickTime=500
                    initLimit=10
                    syncLimit=5
                    maxClientCnxns=0
                    admin.enableServer=false
                    clientPortAddress=127.0.0.1
                    clientPort=%d
                    dataDir=%s
                    server.1=127.0.0.1:2888:3888
                    """
                            .formatted(port, java.folders().zooKeeper()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + configuration, e);
        }
        List<String> command =
                java.command(
                        List.of("-Xmx64m"),
                        ZOO_KEEPER,
                        List.of("--zkConfigFile", configuration.toString(), "--peerId", "1"));
        return process("zookeeper", run -> command, run -> answersAsZooKeeper(port));
    }

    FlinkProcess jobManager(MemoryFlags memory) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--configDir",
                                java.folders().configuration().toString(),
                                "--executionMode",
                                "cluster"));
        arguments.addAll(memory.properties());
        List<String> command = java.command(flags("jobmanager", memory), JOB_MANAGER, arguments);
        return process(
                "jobmanager",
                run -> command,
                run -> {
                    rest.overview();
                    return true;
                });
    }

    /**
     * A TaskManager, which has another identity in each run, as machines that replace each other.
     *
     * @param registers whether there is a JobManager to wait for
     */
    FlinkProcess taskManager(int number, MemoryFlags memory, BooleanSupplier registers) {
        String name = "taskmanager-" + number;
        return process(
                name,
                run -> {
                    List<String> arguments =
                            new ArrayList<>(
                                    List.of(
                                            "--configDir",
                                            java.folders().configuration().toString(),
                                            "-D",
                                            "taskmanager.resource-id=" + identity(name, run)));
                    arguments.addAll(memory.properties());
                    return java.command(flags(name, memory), TASK_MANAGER, arguments);
                },
                run ->
                        !registers.getAsBoolean()
                                || rest.taskManagers().stream()
                                        .anyMatch(
                                                registered ->
                                                        registered
                                                                .id()
                                                                .equals(identity(name, run))));
    }

    private FlinkProcess process(
            String name, IntFunction<List<String>> command, FlinkProcess.Readiness readiness) {
        return new FlinkProcess(
                name, command, java.environment(), readiness, java.folders().log(name), reaper);
    }

    /** With where the log is, for the web UI. */
    private List<String> flags(String name, MemoryFlags memory) {
        List<String> flags = new ArrayList<>(memory.jvm());
        flags.add("-Dlog.file=" + java.folders().log(name));
        return flags;
    }

    private static String identity(String name, int run) {
        return name + "-run-" + run;
    }

    private static boolean answersAsZooKeeper(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.contains("Mode: standalone");
        }
    }
}
