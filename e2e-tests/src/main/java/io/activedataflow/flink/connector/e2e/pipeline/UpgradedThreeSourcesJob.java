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

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The next version of {@link ThreeSourcesJob}, which takes over its state and counts the large
 * orders of each customer besides.
 */
public final class UpgradedThreeSourcesJob {

    private static final long LARGE = 1_500;

    private UpgradedThreeSourcesJob() {}

    /** Submits the job. */
    public static void main(String[] args) throws Exception {
        PipelineSettings settings = PipelineSettings.parse(args);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings.configuration());
        build(env, settings);
        env.execute("Three sources, upgraded");
    }

    static void build(StreamExecutionEnvironment env, PipelineSettings settings) {
        DataStream<LargeOrder> large =
                ThreeSourcesPipeline.build(env, settings)
                        .keyBy(JoinedOrder::customer, Types.STRING)
                        .process(new LargeOrders(LARGE))
                        .name("large-orders")
                        .uid("large-orders");
        settings.output().write(large, OutputFiles.LARGE_ORDERS);
    }
}
