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
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Checks, joins and sums up what the three sources have, and writes all of it to files. */
final class ThreeSourcesPipeline {

    private ThreeSourcesPipeline() {}

    /** Returns the joined orders, which are written to files already. */
    static DataStream<JoinedOrder> build(StreamExecutionEnvironment env, PipelineSettings job) {
        SingleOutputStreamOperator<OrderPart> parts =
                job.redis()
                        .read(env, job)
                        .union(job.amps().read(env, job), job.files().read(env, job))
                        .keyBy(OrderPart::split, Types.STRING)
                        .process(new ArrivalCheck())
                        .name("arrival-check")
                        .uid("arrival-check");
        job.output()
                .write(
                        controlled(parts.getSideOutput(ArrivalCheck.ARRIVALS), job),
                        OutputFiles.ARRIVALS);

        DataStream<JoinedOrder> orders =
                parts.keyBy(OrderPart::order, Types.LONG)
                        .process(new OrderJoin())
                        .name("order-join")
                        .uid("order-join");
        job.output().write(orders, OutputFiles.ORDERS);

        job.output().write(CustomerWindows.of(parts, job.windowSize()), OutputFiles.WINDOWS);
        return orders;
    }

    private static DataStream<Arrival> controlled(
            DataStream<Arrival> arrivals, PipelineSettings job) {
        if (job.control().isEmpty()) {
            return arrivals;
        }
        return arrivals.map(new ControlPoint<>(job.control().get(), job.slowSinkPause()))
                .returns(Arrival.class)
                .name("control-point")
                .uid("control-point");
    }
}
