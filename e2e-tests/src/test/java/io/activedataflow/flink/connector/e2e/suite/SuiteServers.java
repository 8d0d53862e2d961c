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

package io.activedataflow.flink.connector.e2e.suite;

import io.activedataflow.flink.connector.e2e.environment.Environment;
import io.activedataflow.flink.connector.e2e.environment.ServerProcess;
import io.activedataflow.flink.connector.e2e.environment.ServerSettings;

import org.apache.flink.connector.testframe.TestResource;

import java.nio.file.Path;

/** What the sources of the suite read from. Ends with the environment. */
final class SuiteServers implements TestResource {

    private final Environment environment;
    private ServerProcess redis;
    private ServerProcess amps;

    SuiteServers(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void startUp() {
        redis = environment.startRedis(ServerSettings.named("redis"));
        amps = environment.startAmps(ServerSettings.named("amps"));
    }

    @Override
    public void tearDown() {}

    ServerProcess redis() {
        return redis;
    }

    ServerProcess amps() {
        return amps;
    }

    Path folder() {
        return environment.sharedFolder();
    }
}
