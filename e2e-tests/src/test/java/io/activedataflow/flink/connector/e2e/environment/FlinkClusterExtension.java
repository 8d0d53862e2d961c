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

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A Flink cluster of processes for all tests of a class, as a static field with
 * {@code @RegisterExtension}. When a test fails, the logs of the processes are kept and the folder
 * is printed; everything else is removed at the end, also when the tests are killed.
 */
public final class FlinkClusterExtension
        implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private final ClusterSettings settings;
    private final Path folder;
    private final Path keptLogs;
    private Reaper reaper;
    private ProcessFlinkCluster cluster;

    /** A cluster that looks like this. */
    public FlinkClusterExtension(ClusterSettings settings) {
        this.settings = settings;
        Path build = FlinkDistribution.ofThisBuild().lib().getParent().getParent().getParent();
        this.folder = build.resolve("flink-cluster-" + UUID.randomUUID());
        this.keptLogs = build.resolve("flink-logs");
    }

    /** The cluster; everything that is started stays so for the tests that follow. */
    public FlinkCluster cluster() {
        return cluster;
    }

    /** A folder that all processes see, removed at the end. */
    public Path sharedFolder() {
        return folder.resolve("shared");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        reaper = Reaper.start();
        reaper.watch(folder);
        Files.createDirectories(sharedFolder());
        try {
            cluster =
                    ProcessFlinkCluster.start(
                            settings, FlinkDistribution.ofThisBuild(), folder, reaper);
        } catch (RuntimeException | AssertionError e) {
            keepLogs(context);
            throw e;
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            keepLogs(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (cluster != null) {
            cluster.close();
        }
        if (reaper != null) {
            reaper.close();
        }
    }

    private void keepLogs(ExtensionContext context) throws IOException {
        Path kept = keptLogs.resolve(context.getRequiredTestClass().getSimpleName());
        Files.createDirectories(kept);
        try (Stream<Path> logs = Files.list(new ClusterFolders(folder).logs())) {
            for (Path log : logs.toList()) {
                Files.copy(
                        log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        System.err.println(
                context.getDisplayName()
                        + " failed; the logs of its Flink processes are in "
                        + kept);
    }
}
