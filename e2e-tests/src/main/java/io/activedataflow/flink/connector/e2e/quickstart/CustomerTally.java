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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Counts the orders of each customer in keyed state. */
final class CustomerTally extends KeyedProcessFunction<Integer, Long, CountedOrder> {

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> ordersSoFar;

    @Override
    public void open(OpenContext context) {
        ordersSoFar =
                getRuntimeContext().getState(new ValueStateDescriptor<>("ordersSoFar", Types.LONG));
    }

    @Override
    public void processElement(Long order, Context context, Collector<CountedOrder> out)
            throws Exception {
        Long before = ordersSoFar.value();
        long ordinal = before == null ? 1 : before + 1;
        ordersSoFar.update(ordinal);
        out.collect(new CountedOrder(order, context.getCurrentKey(), ordinal));
    }
}
