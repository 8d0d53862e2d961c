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

import java.nio.file.Path;

/**
 * What scenarios run in: servers and Flink clusters, as processes of this machine or as containers.
 * Scenarios do not know which, see {@link Environments#detect()}. {@link #close()} ends everything
 * that was started here and removes what it has written.
 */
public interface Environment extends AutoCloseable {

    /** How things run here, for the log. */
    String description();

    /** Starts a cluster, and returns when all its TaskManagers are registered. */
    FlinkCluster startFlink(ClusterSettings settings);

    /** Starts a Redis server that loses nothing it has acknowledged, when it is killed. */
    ServerProcess startRedis(ServerSettings settings);

    /** Starts the stand-in for AMPS, which loses nothing it has acknowledged, when it is killed. */
    ServerProcess startAmps(ServerSettings settings);

    /** A folder that the test and all Flink processes see under this very path. */
    Path sharedFolder();

    @Override
    void close();
}
