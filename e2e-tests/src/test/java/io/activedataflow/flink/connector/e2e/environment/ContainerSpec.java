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

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container is to be, for which no engine is needed.
 *
 * @param name of the process, and of the host in the network of the containers
 * @param program what is run, instead of the entry point of the image; empty for that one
 * @param ports of the container, each with the port of this machine that leads to it, which stays
 *     the same when the container is started again
 * @param copied files and folders of this machine, by their place in the container
 * @param written texts, by the file of the container they are written to
 * @param mounts folders of this machine that are seen under the same path
 * @param owner whose files the container writes, as in {@code 1000:1000}; empty for the image's own
 * @param reachesTest whether it connects to ports of the test JVM
 */
record ContainerSpec(
        String image,
        String name,
        List<String> program,
        List<String> arguments,
        Map<String, String> environment,
        Map<Integer, Integer> ports,
        Map<String, Path> copied,
        Map<String, String> written,
        List<Mount> mounts,
        Optional<String> owner,
        boolean reachesTest) {

    ContainerSpec {
        program = List.copyOf(program);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        ports = Map.copyOf(ports);
        copied = Map.copyOf(copied);
        written = Map.copyOf(written);
        mounts = List.copyOf(mounts);
    }

    /** A folder, seen under the same path here and there. */
    record Mount(Path folder, boolean writable) {

        private Bind bind() {
            return new Bind(
                    folder.toString(),
                    new Volume(folder.toString()),
                    writable ? AccessMode.rw : AccessMode.ro);
        }
    }

    /** The container, not started. */
    GenericContainer<?> toContainer(Network network) {
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(image))
                        .withNetwork(network)
                        .withNetworkAliases(name)
                        .withEnv(environment)
                        .withCommand(arguments.toArray(String[]::new))
                        .withAccessToHost(reachesTest)
                        .withCreateContainerCmdModifier(this::complete)
                        // Whether it answers is asked by those who know how.
                        .waitingFor(new NoWait());
        ports.keySet().forEach(container::addExposedPort);
        container.setPortBindings(
                ports.entrySet().stream()
                        .map(port -> port.getValue() + ":" + port.getKey())
                        .toList());
        copied.forEach(
                (place, path) ->
                        container.withCopyFileToContainer(MountableFile.forHostPath(path), place));
        written.forEach(
                (place, text) -> container.withCopyToContainer(Transferable.of(text), place));
        return container;
    }

    private void complete(CreateContainerCmd command) {
        if (!program.isEmpty()) {
            command.withEntrypoint(program);
        }
        owner.ifPresent(command::withUser);
        HostConfig host = command.getHostConfig();
        if (host != null) {
            host.setBinds(mounts.stream().map(Mount::bind).toArray(Bind[]::new));
        }
    }
}
