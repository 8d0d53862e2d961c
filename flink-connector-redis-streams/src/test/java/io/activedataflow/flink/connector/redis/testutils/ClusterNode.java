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

package io.activedataflow.flink.connector.redis.testutils;

/**
 * A node of a {@link RedisClusterFixture}.
 *
 * @param id what the cluster calls it
 * @param process the server
 */
public record ClusterNode(String id, RedisProcess process) {

    public String host() {
        return process.host();
    }

    public int port() {
        return process.port();
    }

    /** {@code host:port}. */
    public String address() {
        return process.address();
    }

    /** A connection to just this node; the caller closes it. */
    public RedisCommands connect() {
        return process.connect();
    }

    @Override
    public String toString() {
        return id.substring(0, 8) + '@' + address();
    }
}
