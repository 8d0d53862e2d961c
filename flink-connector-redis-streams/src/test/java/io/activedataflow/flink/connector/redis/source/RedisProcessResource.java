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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.connector.testframe.TestResource;

/** A Redis server for Flink's test suite. */
final class RedisProcessResource implements TestResource {

    private final RedisServerBinary binary;
    private RedisProcess process;

    RedisProcessResource(RedisServerBinary binary) {
        this.binary = binary;
    }

    @Override
    public void startUp() {
        process = RedisProcess.start(binary);
    }

    @Override
    public void tearDown() {
        process.close();
    }

    String host() {
        return process.host();
    }

    int port() {
        return process.port();
    }

    RedisCommands connect() {
        return process.connect();
    }

    @Override
    public String toString() {
        return binary.toString();
    }
}
