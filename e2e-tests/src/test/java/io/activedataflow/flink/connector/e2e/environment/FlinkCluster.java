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
import java.util.List;

/** A session cluster of Flink: one JobManager and TaskManagers, each a process of its own. */
public interface FlinkCluster extends AutoCloseable {

    /** A client of the REST API; stays valid when the JobManager is killed and started again. */
    FlinkRest rest();

    /** Flink's own command line client. */
    FlinkCli cli();

    /** The one JobManager. Started again after a kill it recovers its jobs, if highly available. */
    ManagedProcess jobManager();

    /** The TaskManagers, in the order of their start, those that were killed too. */
    List<ManagedProcess> taskManagers();

    /** Starts one more TaskManager, and returns when it is registered. */
    ManagedProcess addTaskManager();

    /** The folder of checkpoints and savepoints, the same path for the test and all processes. */
    Path checkpoints();

    /** Everything that runs for this cluster, for logs and memory; ZooKeeper too. */
    List<ManagedProcess> processes();

    @Override
    void close();
}
