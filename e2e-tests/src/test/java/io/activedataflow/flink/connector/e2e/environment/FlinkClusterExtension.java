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

/**
 * A Flink cluster for all tests of a class, as a static field with {@code @RegisterExtension}. When
 * a test fails, what the processes have logged is kept and the folder is printed. Everything else
 * is removed at the end, also when the tests are killed.
 */
public final class FlinkClusterExtension
        implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private final ClusterSettings settings;
    private Environment environment;
    private FlinkCluster cluster;

    /** A cluster that looks like this. */
    public FlinkClusterExtension(ClusterSettings settings) {
        this.settings = settings;
    }

    /** The cluster; what a test starts or kills stays so for those that follow. */
    public FlinkCluster cluster() {
        return cluster;
    }

    /** What the cluster runs in, for servers and shared files. */
    public Environment environment() {
        return environment;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        environment = Environments.detect();
        cluster = environment.startFlink(settings);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            Path kept =
                    FlinkDistribution.folderOfThisBuild()
                            .resolveSibling("logs")
                            .resolve(context.getRequiredTestClass().getSimpleName())
                            .resolve(context.getRequiredTestMethod().getName());
            Files.createDirectories(kept);
            for (ManagedProcess process : cluster.processes()) {
                Files.writeString(kept.resolve(process.name() + ".log"), process.log());
            }
            System.err.println(
                    context.getDisplayName() + " failed; what Flink has logged is in " + kept);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (environment != null) {
            environment.close();
        }
    }
}
