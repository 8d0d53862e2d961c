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

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Tells of every part by a side output whether it was its turn within its split. What is missing is
 * seen at the next part, what comes again or late at once.
 */
final class ArrivalCheck extends KeyedProcessFunction<String, OrderPart, OrderPart> {

    static final OutputTag<Arrival> ARRIVALS =
            new OutputTag<>("arrivals", TypeInformation.of(Arrival.class));

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> next;

    @Override
    public void open(OpenContext context) {
        next = getRuntimeContext().getState(new ValueStateDescriptor<>("next", Types.LONG));
    }

    @Override
    public void processElement(OrderPart part, Context context, Collector<OrderPart> out)
            throws Exception {
        Long known = next.value();
        long expected = known == null ? 0 : known;
        context.output(ARRIVALS, new Arrival(part, expected));
        next.update(Math.max(expected, part.number() + 1));
        out.collect(part);
    }
}
