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

import org.testcontainers.DockerClientFactory;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything as containers of a Docker engine on this machine. The networks between jobs and
 * servers are in this JVM here, too: jobs come out of their containers to it, and it connects to
 * the ports that lead into the containers of the servers.
 */
final class ContainerEnvironment implements Environment {

    private final ContainerImages images;
    private final Path folder;
    private final Path jars;
    private final Reaper reaper = Reaper.start();
    private final StartedThings started = new StartedThings();
    private final Network network;

    /**
     * An environment in which nothing runs yet.
     *
     * @param folder for everything that is written; made here and removed at the end
     * @param jars the folder below which jobs and libraries are
     */
    ContainerEnvironment(ContainerImages images, Path folder, Path jars) {
        this.images = images;
        this.folder = folder.toAbsolutePath();
        this.jars = jars.toAbsolutePath();
        reaper.watch(this.folder);
        try {
            Files.createDirectories(sharedFolder());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + sharedFolder(), e);
        }
        this.network = started.add(Network.newNetwork());
    }

    @Override
    public String description() {
        return "containers of " + images.flink() + ", " + images.redis() + " and " + images.java();
    }

    @Override
    public FlinkCluster startFlink(ClusterSettings settings) {
        // Containers are given the way to this JVM when they start, or never.
        Testcontainers.exposeHostPorts(FreePorts.pick(1).get(0));
        ClusterFolders folders =
                ClusterFolders.create(folder.resolve("flink-" + (started.count() + 1)));
        return started.add(
                ContainerFlinkCluster.start(
                        new FlinkContainers(images.flink(), settings, folders, folder, jars),
                        network,
                        host()));
    }

    @Override
    public ServerProcess startRedis(ServerSettings settings) {
        Endpoint endpoint = new Endpoint(host(), FreePorts.pick(1).get(0));
        return start(
                new ServerContainers(images).redis(settings, endpoint.port()),
                endpoint,
                settings.credentials(),
                run -> Reachability.answersAsRedis(endpoint));
    }

    @Override
    public ServerProcess startAmps(ServerSettings settings) {
        Endpoint endpoint = new Endpoint(host(), FreePorts.pick(1).get(0));
        return start(
                new ServerContainers(images).amps(settings, endpoint.port()),
                endpoint,
                settings.credentials(),
                run -> Reachability.waitsToBeAsked(endpoint));
    }

    private ServerProcess start(
            ContainerSpec spec,
            Endpoint endpoint,
            Optional<Credentials> credentials,
            FlinkProcess.Readiness readiness) {
        ContainerProcess process = started.add(new ContainerProcess(spec, network, readiness));
        process.start();
        ProxyNetwork proxy = ProxyNetwork.to(endpoint);
        int entrance = proxy.entrance().port();
        Testcontainers.exposeHostPorts(entrance);
        return started.add(
                new ProxiedServer(
                        process,
                        endpoint,
                        new Endpoint(GenericContainer.INTERNAL_HOST_HOSTNAME, entrance),
                        credentials,
                        proxy));
    }

    @Override
    public Path sharedFolder() {
        return folder.resolve("shared");
    }

    @Override
    public void close() {
        started.close();
        reaper.close();
    }

    private static String host() {
        return DockerClientFactory.instance().dockerHostIpAddress();
    }
}
