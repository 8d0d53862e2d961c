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

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.TransactionLog;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Publishes the orders to two instances that replicate each other, as two publishers whose messages
 * each instance has in an order of its own. An order is on the second instance before it is on the
 * first, as with synchronous replication: what somebody has read is never lost with the first.
 */
final class AmpsOrders implements OrderWriter {

    static final List<String> PUBLISHERS = List.of("web-shop", "phone-desk");

    private static final long PORTION = 1_000;

    private final AmpsStandIn first;
    private final AmpsStandIn second;
    private volatile boolean firstIsGone;
    private volatile long written;

    AmpsOrders(AmpsStandIn first, AmpsStandIn second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void writeUpTo(long orders) {
        while (written < orders) {
            long end = Math.min(orders, written + PORTION);
            for (int publisher = 0; publisher < PUBLISHERS.size(); publisher++) {
                publishTo(second, publisher, end, PUBLISHERS.size());
            }
            if (!firstIsGone) {
                publishTo(first, 0, end, 1);
            }
            written = end;
        }
    }

    /** Publishes every so manieth order, from the first not yet written on. */
    private void publishTo(AmpsStandIn instance, int offset, long end, int step) {
        long start = written + Math.floorMod(offset - written, step);
        for (long order = start; order < end; order += step) {
            instance.publish(
                    PUBLISHERS.get((int) (order % PUBLISHERS.size())),
                    order / PUBLISHERS.size() + 1,
                    Orders.TOPIC,
                    PlacedOrder.of(order).toJson().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public long written() {
        return written;
    }

    /** Nothing is published to the first instance from now on. */
    void leaveFirst() {
        firstIsGone = true;
    }

    /** Counts what is in a log. */
    static OrderCounts countIn(TransactionLog log) {
        ObjectMapper json = new ObjectMapper();
        OrderCounts orders = new OrderCounts();
        try {
            for (long at = log.firstPosition(); at <= log.lastPosition(); at++) {
                orders.add(json.readTree(log.entry(at).body()).path(Orders.FIELD).asLong());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return orders;
    }

    @Override
    public void close() {}
}
