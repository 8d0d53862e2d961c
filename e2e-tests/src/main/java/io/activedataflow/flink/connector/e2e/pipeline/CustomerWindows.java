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

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.time.Duration;

/** Totals per customer in windows of event time. */
final class CustomerWindows {

    private static final OutputTag<OrderPart> LATE =
            new OutputTag<>("late", TypeInformation.of(OrderPart.class));

    private CustomerWindows() {}

    static DataStream<WindowTotals> of(DataStream<OrderPart> parts, Duration size) {
        SingleOutputStreamOperator<WindowTotals> inTime =
                parts.keyBy(OrderPart::customer, Types.STRING)
                        .window(TumblingEventTimeWindows.of(size))
                        .sideOutputLateData(LATE)
                        .aggregate(new Adding(), new Closing())
                        .name("windows")
                        .uid("windows");
        DataStream<WindowTotals> late =
                inTime.getSideOutput(LATE)
                        .map(part -> WindowTotals.late(part, size))
                        .returns(WindowTotals.class)
                        .name("late-parts")
                        .uid("late-parts");
        return inTime.union(late);
    }

    private static final class Adding implements AggregateFunction<OrderPart, Totals, Totals> {

        private static final long serialVersionUID = 1L;

        @Override
        public Totals createAccumulator() {
            return Totals.NONE;
        }

        @Override
        public Totals add(OrderPart part, Totals totals) {
            return totals.plus(new Totals(1, part.amount()));
        }

        @Override
        public Totals getResult(Totals totals) {
            return totals;
        }

        @Override
        public Totals merge(Totals some, Totals others) {
            return some.plus(others);
        }
    }

    private static final class Closing
            extends ProcessWindowFunction<Totals, WindowTotals, String, TimeWindow> {

        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                String customer,
                Context context,
                Iterable<Totals> totals,
                Collector<WindowTotals> out) {
            for (Totals total : totals) {
                out.collect(
                        new WindowTotals(
                                WindowTotals.IN_TIME,
                                customer,
                                context.window().getStart(),
                                total.count(),
                                total.amount()));
            }
        }
    }
}
