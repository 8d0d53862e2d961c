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
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Counts the large orders of each customer: what the upgraded job has more. */
final class LargeOrders extends KeyedProcessFunction<String, JoinedOrder, LargeOrder> {

    private static final long serialVersionUID = 1L;

    private final long threshold;

    private transient ValueState<Long> count;

    /**
     * @param threshold the smallest amount that is large
     */
    LargeOrders(long threshold) {
        this.threshold = threshold;
    }

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(JoinedOrder order, Context context, Collector<LargeOrder> out)
            throws Exception {
        if (order.amount() < threshold) {
            return;
        }
        Long known = count.value();
        long next = known == null ? 1 : known + 1;
        count.update(next);
        out.collect(new LargeOrder(order.order(), order.customer(), next));
    }
}
