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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything as processes of this machine. When it is closed, and even when this JVM is killed, its
 * processes end and its folder is removed.
 */
final class ProcessEnvironment implements Environment {

    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final Reaper reaper = Reaper.start();
    private final StartedThings started = new StartedThings();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /**
     * An environment in which nothing runs yet.
     *
     * @param folder for everything that is written; made here and removed at the end
     */
    ProcessEnvironment(Path folder) {
        this.folder = folder.toAbsolutePath();
        reaper.watch(this.folder);
        try {
            Files.createDirectories(sharedFolder());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + sharedFolder(), e);
        }
    }

    @Override
    public String description() {
        return "processes of this machine";
    }

    @Override
    public FlinkCluster startFlink(ClusterSettings settings) {
        return started.add(
                ProcessFlinkCluster.start(
                        settings,
                        FlinkDistribution.ofThisBuild(),
                        folder.resolve("flink-" + (started.count() + 1)),
                        reaper));
    }

    @Override
    public ServerProcess startRedis(ServerSettings settings) {
        LocalRedis redis = LocalRedis.start(settings, folderOf(settings), reaper);
        return started.add(ProxiedServer.local(redis, redis.endpoint(), settings.credentials()));
    }

    @Override
    public ServerProcess startAmps(ServerSettings settings) {
        Path own = folderOf(settings);
        int port = FreePorts.pick(1).get(0);
        Endpoint endpoint = new Endpoint(LOOPBACK, port);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                StandIn.arguments(
                        settings,
                        StandIn.classes().toString(),
                        port,
                        own.resolve("journal").toString()));
        FlinkProcess process =
                new FlinkProcess(
                        settings.name(),
                        run -> command,
                        StandIn.environment(settings),
                        run -> Reachability.waitsToBeAsked(endpoint),
                        own.resolve("output.log"),
                        reaper);
        process.start();
        return started.add(ProxiedServer.local(process, endpoint, settings.credentials()));
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

    private Path folderOf(ServerSettings settings) {
        if (!names.add(settings.name())) {
            throw new IllegalArgumentException(
                    "There is a server "
                            + settings.name()
                            + " already. Give this one another name.");
        }
        try {
            return Files.createDirectories(folder.resolve(settings.name()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the folder of " + settings.name(), e);
        }
    }
}
