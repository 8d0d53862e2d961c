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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.environment.TestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;

/** Flink's own test suite for sources, with aligned checkpoints. */
@Timeout(300)
class RecordFileSourceSuiteITCase extends SourceTestSuiteBase<String> {

    @TestEnv MiniClusterTestEnvironment flink = new MiniClusterTestEnvironment();

    @TestContext
    ExternalContextFactory<RecordFileContext> contexts = name -> new RecordFileContext();

    @TestSemantics
    CheckpointingMode[] semantics = new CheckpointingMode[] {CheckpointingMode.EXACTLY_ONCE};

    @Override
    @TestTemplate
    @Tag("compat")
    @DisplayName("Test source restarting from a savepoint")
    public void testSavepoint(
            TestEnvironment env,
            DataStreamSourceExternalContext<String> context,
            CheckpointingMode mode)
            throws Exception {
        super.testSavepoint(env, context, mode);
    }

    @Override
    @TestTemplate
    @Tag("compat")
    @DisplayName("Test source restarting with a higher parallelism")
    public void testScaleUp(
            TestEnvironment env,
            DataStreamSourceExternalContext<String> context,
            CheckpointingMode mode)
            throws Exception {
        super.testScaleUp(env, context, mode);
    }
}
