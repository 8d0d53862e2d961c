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

import org.testcontainers.containers.Network;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Flink cluster of containers, made of the official image. */
final class ContainerFlinkCluster implements FlinkCluster {

    private final FlinkContainers containers;
    private final Network network;
    private final FlinkRest rest;
    private final ContainerProcess jobManager;
    private final List<ContainerProcess> zooKeeper = new ArrayList<>();
    private final List<ContainerProcess> taskManagers = new CopyOnWriteArrayList<>();
    private final Set<String> identities = ConcurrentHashMap.newKeySet();

    private ContainerFlinkCluster(
            FlinkContainers containers, Network network, String host, List<Integer> ports) {
        this.containers = containers;
        this.network = network;
        this.rest = new FlinkRest(URI.create("http://" + host + ':' + ports.get(0)));
        this.jobManager =
                new ContainerProcess(
                        containers.jobManager(ports.get(0)),
                        network,
                        run -> rest.overview() != null);
        if (containers.settings().highAvailability()) {
            Endpoint endpoint = new Endpoint(host, ports.get(1));
            zooKeeper.add(
                    new ContainerProcess(
                            containers.zooKeeper(endpoint.port()),
                            network,
                            run -> Reachability.answersAsZooKeeper(endpoint)));
        }
    }

    /**
     * Starts a cluster, and returns when all its TaskManagers are registered.
     *
     * @param host where the ports of containers are
     */
    static ContainerFlinkCluster start(FlinkContainers containers, Network network, String host) {
        containers.writeConfiguration();
        ContainerFlinkCluster cluster =
                new ContainerFlinkCluster(containers, network, host, FreePorts.pick(2));
        try {
            cluster.zooKeeper.forEach(ContainerProcess::start);
            cluster.jobManager.start();
            for (int n = 0; n < containers.settings().taskManagers(); n++) {
                cluster.addTaskManager();
            }
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public FlinkRest rest() {
        return rest;
    }

    @Override
    public FlinkCli cli() {
        return arguments -> {
            List<String> command = new ArrayList<>(List.of(FlinkContainers.FLINK));
            command.addAll(arguments);
            return jobManager.execute(command);
        };
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
    public synchronized ManagedProcess addTaskManager() {
        String name = "taskmanager-" + (taskManagers.size() + 1);
        ContainerProcess added =
                new ContainerProcess(
                        containers.taskManager(name), network, run -> hasRegistered(name));
        taskManagers.add(added);
        added.start();
        return added;
    }

    /** Each run has an identity of its own, behind its name. */
    private boolean hasRegistered(String name) {
        return !jobManager.isRunning()
                || rest.taskManagers().stream()
                        .map(RegisteredTaskManager::id)
                        .anyMatch(id -> id.startsWith(name + ':') && identities.add(id));
    }

    @Override
    public Path checkpoints() {
        return containers.folders().checkpoints();
    }

    @Override
    public List<ManagedProcess> processes() {
        List<ManagedProcess> all = new ArrayList<>(zooKeeper);
        all.add(jobManager);
        all.addAll(taskManagers);
        return all;
    }

    @Override
    public void close() {
        taskManagers.forEach(ContainerProcess::close);
        jobManager.close();
        zooKeeper.forEach(ContainerProcess::close);
    }
}
