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

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Flink cluster of processes of this machine, on ports that nobody else uses, each with a JVM of
 * its own. With high availability a ZooKeeper server is one of them.
 */
final class ProcessFlinkCluster implements FlinkCluster {

    private static final String LOOPBACK = "127.0.0.1";

    private final ClusterFolders folders;
    private final FlinkProcesses processes;
    private final FlinkCli cli;
    private final MemoryFlags taskManagerMemory;
    private final FlinkProcess jobManager;
    private final List<FlinkProcess> zooKeeper;
    private final List<FlinkProcess> taskManagers = new CopyOnWriteArrayList<>();

    private ProcessFlinkCluster(
            ClusterFolders folders,
            FlinkProcesses processes,
            FlinkCli cli,
            MemoryFlags jobManagerMemory,
            MemoryFlags taskManagerMemory,
            List<FlinkProcess> zooKeeper) {
        this.folders = folders;
        this.processes = processes;
        this.cli = cli;
        this.taskManagerMemory = taskManagerMemory;
        this.jobManager = processes.jobManager(jobManagerMemory);
        this.zooKeeper = zooKeeper;
    }

    /**
     * Starts a cluster, and returns when all its TaskManagers are registered.
     *
     * @param folder for everything it reads and writes; whoever gives it removes it
     * @param reaper ends the processes if this JVM does not
     */
    static ProcessFlinkCluster start(
            ClusterSettings settings, FlinkDistribution flink, Path folder, Reaper reaper) {
        ClusterFolders folders = ClusterFolders.create(folder);
        Ports ports = Ports.pick();
        folders.writeConfiguration(configuration(settings, folders, ports));
        FlinkJvm java = new FlinkJvm(flink.classPathWith(settings.libraries()), folders);
        FlinkRest rest = new FlinkRest(URI.create("http://" + LOOPBACK + ':' + ports.rest()));
        FlinkProcesses processes = new FlinkProcesses(java, rest, reaper);

        List<FlinkProcess> zooKeeper =
                settings.highAvailability()
                        ? List.of(processes.zooKeeper(ports.zooKeeper()))
                        : List.of();
        try {
            zooKeeper.forEach(FlinkProcess::launch);
            CompletableFuture<MemoryFlags> jobManagerMemory =
                    CompletableFuture.supplyAsync(() -> MemoryFlags.ofJobManager(java, reaper));
            MemoryFlags taskManagerMemory = MemoryFlags.ofTaskManagers(java, reaper);
            ProcessFlinkCluster cluster =
                    new ProcessFlinkCluster(
                            folders,
                            processes,
                            new ProcessFlinkCli(java, reaper),
                            jobManagerMemory.join(),
                            taskManagerMemory,
                            zooKeeper);
            zooKeeper.forEach(FlinkProcess::awaitReady);
            cluster.startAll(settings.taskManagers());
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            zooKeeper.forEach(FlinkProcess::close);
            throw e;
        }
    }

    private static Map<String, String> configuration(
            ClusterSettings settings, ClusterFolders folders, Ports ports) {
        Map<String, String> result =
                new LinkedHashMap<>(FlinkConfiguration.of(settings, folders.checkpoints()));
        result.put("jobmanager.rpc.address", LOOPBACK);
        result.put("jobmanager.rpc.port", Integer.toString(ports.rpc()));
        result.put("jobmanager.bind-host", LOOPBACK);
        result.put("taskmanager.host", LOOPBACK);
        result.put("taskmanager.bind-host", LOOPBACK);
        result.put("rest.address", LOOPBACK);
        result.put("rest.bind-address", LOOPBACK);
        result.put("rest.port", Integer.toString(ports.rest()));
        result.put("io.tmp.dirs", folders.temporary().toString());
        result.put("web.tmpdir", folders.temporary().toString());
        if (settings.highAvailability()) {
            result.put("high-availability.zookeeper.quorum", LOOPBACK + ':' + ports.zooKeeper());
        }
        return result;
    }

    /** All at once, for each takes seconds and waits for others most of the time. */
    private void startAll(int count) {
        try {
            jobManager.launch();
            for (int n = 0; n < count; n++) {
                nextTaskManager().launch();
            }
            jobManager.awaitReady();
            taskManagers.forEach(FlinkProcess::awaitReady);
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private synchronized FlinkProcess nextTaskManager() {
        FlinkProcess next =
                processes.taskManager(
                        taskManagers.size() + 1, taskManagerMemory, jobManager::isRunning);
        taskManagers.add(next);
        return next;
    }

    @Override
    public FlinkRest rest() {
        return processes.rest();
    }

    @Override
    public FlinkCli cli() {
        return cli;
    }

    @Override
    public ManagedProcess jobManager() {
        return jobManager;
    }

    @Override
    public List<ManagedProcess> taskManagers() {
        return List.copyOf(taskManagers);
    }

    @Override
    public ManagedProcess addTaskManager() {
        FlinkProcess added = nextTaskManager();
        added.start();
        return added;
    }

    @Override
    public Path checkpoints() {
        return folders.checkpoints();
    }

    @Override
    public List<ManagedProcess> processes() {
        List<ManagedProcess> all = new ArrayList<>(zooKeeper);
        all.add(jobManager);
        all.addAll(taskManagers);
        return all;
    }

    /** TaskManagers first, so that none of them logs that the others are gone. */
    @Override
    public void close() {
        taskManagers.forEach(FlinkProcess::close);
        jobManager.close();
        zooKeeper.forEach(FlinkProcess::close);
    }

    private record Ports(int rest, int rpc, int zooKeeper) {

        static Ports pick() {
            List<Integer> ports = FreePorts.pick(3);
            return new Ports(ports.get(0), ports.get(1), ports.get(2));
        }
    }
}
