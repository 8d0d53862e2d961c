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

import io.activedataflow.flink.connector.amps.standin.AmpsStandInMain;

import org.apache.flink.runtime.util.EnvironmentInformation;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the containers are, as far as that can be told without an engine. */
@Timeout(60)
class ContainerSpecTest {

    private static final ContainerImages IMAGES = ContainerImages.from(Map.of());
    private static final ServerSettings ORDERS =
            ServerSettings.named("orders").withCredentials("reader", "top-secret");

    @TempDir private Path folder;

    private FlinkContainers flink;

    @BeforeEach
    void describeFlink() throws IOException {
        Path library = Files.createFile(folder.resolve("client.jar"));
        flink =
                new FlinkContainers(
                        IMAGES.flink(),
                        ClusterSettings.standard().withLibrary(library),
                        ClusterFolders.create(folder.resolve("flink-1")),
                        folder,
                        Path.of("/jars"));
    }

    private static GenericContainer<?> container(ContainerSpec spec) {
        return spec.toContainer(Network.SHARED);
    }

    @Test
    void imagesAreTheOfficialOnes() {
        assertThat(IMAGES.flink())
                .isEqualTo("flink:" + EnvironmentInformation.getVersion() + "-java17")
                .doesNotContain("unknown");
        assertThat(IMAGES.redis()).startsWith("redis:");
        assertThat(IMAGES.java()).startsWith("eclipse-temurin:17");
        ContainerImages valkey = ContainerImages.from(Map.of("e2e.image.redis", "valkey"));
        assertThat(valkey.redis()).startsWith("valkey/valkey:");
        assertThat(new ServerContainers(valkey).redis(ORDERS, 1).arguments())
                .startsWith("valkey-server");
        assertThat(ContainerImages.from(Map.of("e2e.image.flink", "mirror/flink:1")).flink())
                .isEqualTo("mirror/flink:1");
    }

    @Test
    void redisKeepsWhatItAcknowledgesAndLetsInItsUserOnly() {
        ContainerSpec spec = new ServerContainers(IMAGES).redis(ORDERS, 22_001);
        GenericContainer<?> container = container(spec);

        assertThat(spec.image()).isEqualTo(IMAGES.redis());
        assertThat(container.getExposedPorts()).containsExactly(6379);
        assertThat(container.getPortBindings()).containsExactly("22001:6379/tcp");
        assertThat(container.getNetworkAliases()).contains("orders");
        assertThat(container.getCommandParts())
                .containsExactly("redis-server", "/etc/e2e-redis.conf");
        assertThat(spec.written().get("/etc/e2e-redis.conf"))
                .contains(
                        "appendonly yes\n",
                        "appendfsync always\n",
                        "user default off ~* &* +@all\n")
                .contains("user reader on >top-secret ~* &* +@all\n");
        assertThat(new ServerContainers(IMAGES).redis(ServerSettings.named("r"), 1).written())
                .allSatisfy((place, text) -> assertThat(text).doesNotContain("user "));
    }

    @Test
    void standInHasNothingButItsClassesAndAJournal() {
        ContainerSpec spec = new ServerContainers(IMAGES).amps(ORDERS.withQueue("jobs"), 22_002);
        GenericContainer<?> container = container(spec);

        assertThat(spec.image()).isEqualTo(IMAGES.java());
        assertThat(spec.program()).containsExactly("java");
        assertThat(container.getExposedPorts()).containsExactly(9007);
        assertThat(container.getPortBindings()).containsExactly("22002:9007/tcp");
        assertThat(spec.copied()).hasSize(1).containsValue(StandIn.classes());
        List<String> arguments = Arrays.asList(container.getCommandParts());
        assertThat(arguments)
                .contains(AmpsStandInMain.class.getName(), "--any-address", "--ignore-input")
                .containsSequence("--port", "9007")
                .containsSequence("--journal", "/var/lib/stand-in")
                .containsSequence("--user", "reader")
                .containsSequence("--queue", "jobs")
                .doesNotContain("top-secret");
        assertThat(arguments.get(arguments.indexOf("-cp") + 1))
                .isEqualTo(spec.copied().keySet().iterator().next());
        assertThat(container.getEnvMap()).containsEntry("AMPS_STANDIN_PASSWORD", "top-secret");
    }

    @Test
    void flinkRunsTheScriptsOfItsImageOnTheSharedConfiguration() {
        ContainerSpec jobManager = flink.jobManager(22_003);
        ContainerSpec taskManager = flink.taskManager("taskmanager-1");

        assertThat(jobManager.program()).containsExactly("/opt/flink/bin/jobmanager.sh");
        assertThat(container(jobManager).getCommandParts()).containsExactly("start-foreground");
        assertThat(container(jobManager).getPortBindings()).containsExactly("22003:8081/tcp");
        assertThat(taskManager.program()).containsExactly("/opt/flink/bin/taskmanager.sh");
        assertThat(container(taskManager).getCommandParts())
                .containsExactly("start-foreground", "-D", "taskmanager.host=taskmanager-1");
        assertThat(container(taskManager).getPortBindings()).isEmpty();
        assertThat(flink.zooKeeper(22_004).program())
                .containsExactly("/opt/flink/bin/zookeeper.sh");
        assertThat(List.of(jobManager, taskManager, flink.zooKeeper(22_004)))
                .allSatisfy(
                        spec -> {
                            assertThat(spec.image()).isEqualTo(IMAGES.flink());
                            assertThat(spec.reachesTest()).isTrue();
                            assertThat(container(spec).getEnvMap())
                                    .containsEntry(
                                            "FLINK_CONF_DIR",
                                            flink.folders().configuration().toString());
                            assertThat(spec.copied()).containsKey("/opt/flink/lib/client.jar");
                            assertThat(spec.owner()).get().asString().matches("\\d+:\\d+");
                            assertThat(spec.mounts())
                                    .containsExactlyInAnyOrder(
                                            new ContainerSpec.Mount(folder, true),
                                            new ContainerSpec.Mount(Path.of("/jars"), false));
                        });
    }

    @Test
    void flinkIsConfiguredAsWithProcessesButForAddresses() throws IOException {
        flink.writeConfiguration();

        Path checkpoints = flink.folders().checkpoints();
        assertThat(flink.configuration())
                .containsAllEntriesOf(FlinkConfiguration.of(flink.settings(), checkpoints))
                .containsEntry("jobmanager.rpc.address", "jobmanager")
                .containsEntry("rest.bind-address", "0.0.0.0")
                .containsEntry("high-availability.zookeeper.quorum", "zookeeper:2181");
        assertThat(flink.configuration().get("env.java.opts.all"))
                .contains("java.util=ALL-UNNAMED");
        assertThat(checkpoints).startsWith(folder);
        assertThat(Files.readString(flink.folders().configuration().resolve("config.yaml")))
                .contains("high-availability.type: 'zookeeper'");
        assertThat(Files.readString(flink.folders().configuration().resolve("zoo.cfg")))
                .contains("clientPort=2181");
        assertThat(flink.folders().configuration().resolve("log4j-console.properties")).exists();
    }

    @Test
    void memoryIsThatOfAllProcessesInTheContainer() {
        String[][] processes = {{"1", "1000"}, {"7", "24"}};

        assertThat(ContainerProcess.sum(new String[] {"PID", "RSS"}, processes))
                .isEqualTo(1024 * 1024);
        assertThatThrownBy(() -> ContainerProcess.sum(new String[] {"PID"}, processes))
                .hasMessageContaining("no RSS");
    }
}
