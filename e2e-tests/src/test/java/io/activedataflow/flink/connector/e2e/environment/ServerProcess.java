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

import java.util.Optional;

/**
 * A server that jobs read from. Jobs reach it through a {@link #network()} that can be cut; the
 * test reaches it directly, so that feeders go on while the jobs are cut off.
 */
public interface ServerProcess extends ManagedProcess {

    /** Where jobs connect to; the same over restarts of the server. */
    Endpoint endpointOfJobs();

    /** Where the test connects to, past the network of the jobs; the same over restarts. */
    Endpoint endpointOfTest();

    /** What jobs and test log in with; empty if the server lets in everybody. */
    Optional<Credentials> credentials();

    /** Everything between the jobs and this server. */
    NetworkPath network();
}
