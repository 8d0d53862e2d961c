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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Two instances that replicate each other and stand in for AMPS; the one that is read from stops
 * for good.
 */
final class AmpsInlet implements Inlet {

    static final String NAME = AmpsOrderSource.NAME;

    private final AmpsStandIn first = AmpsStandIn.builder().name("amps-1").build();
    private final AmpsStandIn second = AmpsStandIn.builder().name("amps-2").build();
    private final AmpsOrders orders = new AmpsOrders(first, second);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String plan(String orders) {
        return "Two instances of a stand-in for AMPS start, which replicate each other. Two\n"
                + "publishers write "
                + orders
                + " orders to the topic "
                + Orders.TOPIC
                + "; each instance has them in another order.";
    }

    @Override
    public String plannedFault() {
        return "an AMPS instance stops for good";
    }

    @Override
    public void start() {
        first.start();
        second.start();
    }

    @Override
    public Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("AMPS 1", first.uri("json"));
        addresses.put("AMPS 2", second.uri("json"));
        return addresses;
    }

    @Override
    public OrderWriter writer() {
        return orders;
    }

    @Override
    public DataStream<Long> read(StreamExecutionEnvironment env) {
        return AmpsOrderSource.read(
                env, AmpsConnectionOptions.servers(first.uri("json"), second.uri("json")).build());
    }

    @Override
    public void breakServer(Consumer<String> fault, Consumer<String> back) {
        first.stop();
        orders.leaveFirst();
        fault.accept("the AMPS instance that is read from stops for good.");
    }

    @Override
    public boolean isReadAgain() {
        return second.subscriptions().size() == AmpsOrderSource.SHARDS;
    }

    @Override
    public String survival() {
        return "the source has gone over to the other instance, where the orders stand in another"
                + " order; the job has not been restarted.";
    }

    @Override
    public OrderCounts stored() {
        return AmpsOrders.countIn(second.log());
    }

    @Override
    public String storedWhere() {
        return "in the log of the AMPS instance that is left";
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
