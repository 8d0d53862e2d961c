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

package io.activedataflow.flink.connector.e2e.pipeline;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Reads the parts of orders from Redis Streams, AMPS and record files, and writes what arrives,
 * whole orders, and totals per customer and window to files, each exactly once. For its arguments
 * see {@link PipelineSettings}.
 */
public final class ThreeSourcesJob {

    private ThreeSourcesJob() {}

    /** Submits the job. */
    public static void main(String[] args) throws Exception {
        PipelineSettings settings = PipelineSettings.parse(args);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings.configuration());
        ThreeSourcesPipeline.build(env, settings);
        env.execute("Three sources");
    }
}
