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

import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisServer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is in the streams, read by a plain {@code XRANGE} that has nothing to do with the connector
 * nor with what the producer believes to have written.
 */
final class WrittenOrders {

    private static final int PAGE = 10_000;

    private WrittenOrders() {}

    static OrderCounts read(RedisServer server) {
        OrderCounts orders = new OrderCounts();
        try (RedisCommands redis = server.connect()) {
            for (String stream : Orders.streams()) {
                addAll(redis, stream, orders);
            }
        }
        return orders;
    }

    private static void addAll(RedisCommands redis, String stream, OrderCounts orders) {
        String after = "-";
        List<Object> page;
        do {
            page = redis.list("XRANGE", stream, after, "+", "COUNT", PAGE);
            for (Object entry : page) {
                orders.add(RedisOrders.orderOf(entry));
            }
            if (!page.isEmpty()) {
                after = '(' + idOf(page.get(page.size() - 1));
            }
        } while (!page.isEmpty());
    }

    private static String idOf(Object entry) {
        return new String((byte[]) ((List<?>) entry).get(0), StandardCharsets.US_ASCII);
    }
}
