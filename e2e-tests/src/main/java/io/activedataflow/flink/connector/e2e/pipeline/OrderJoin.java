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
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Puts the parts of an order together, and forgets them then. */
final class OrderJoin extends KeyedProcessFunction<Long, OrderPart, JoinedOrder> {

    private static final long serialVersionUID = 1L;
    private static final int PARTS = 3;

    private transient MapState<String, Long> amounts;

    @Override
    public void open(OpenContext context) {
        amounts =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("amounts", Types.STRING, Types.LONG));
    }

    @Override
    public void processElement(OrderPart part, Context context, Collector<JoinedOrder> out)
            throws Exception {
        amounts.put(part.source(), part.amount());
        int parts = 0;
        long sum = 0;
        for (long amount : amounts.values()) {
            parts++;
            sum += amount;
        }
        if (parts == PARTS) {
            out.collect(new JoinedOrder(part.order(), part.customer(), sum));
            amounts.clear();
        }
    }
}
