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

import io.activedataflow.flink.connector.e2e.environment.ClusterSettings;
import io.activedataflow.flink.connector.e2e.environment.Environment;
import io.activedataflow.flink.connector.e2e.environment.Environments;

import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestExternalSystem;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;

import org.junit.jupiter.api.Timeout;

/** Each case of Flink's own test suite with each of the sources, all on one cluster. */
@Timeout(300)
class SourceSuiteITCase extends SourceTestSuiteBase<String> {

    private final Environment environment = Environments.detect();

    @TestEnv
    ClusterTestEnvironment flink =
            new ClusterTestEnvironment(
                    environment,
                    ClusterSettings.standard().withTaskManagers(2, 3).withoutHighAvailability());

    @TestExternalSystem SuiteServers servers = new SuiteServers(environment);

    @TestContext
    ExternalContextFactory<RedisStreamsContext> redisStreams =
            name -> new RedisStreamsContext(servers.redis());

    @TestContext ExternalContextFactory<AmpsContext> amps = name -> new AmpsContext(servers.amps());

    @TestContext
    ExternalContextFactory<RecordFileContext> recordFiles =
            name -> new RecordFileContext(servers.folder());

    @TestSemantics
    CheckpointingMode[] semantics = new CheckpointingMode[] {CheckpointingMode.EXACTLY_ONCE};
}
