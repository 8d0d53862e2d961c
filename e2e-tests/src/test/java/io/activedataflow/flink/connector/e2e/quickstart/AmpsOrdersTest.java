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
import io.activedataflow.flink.connector.amps.standin.LogEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AmpsOrdersTest {

    private static final long ORDERS = 2_501;

    private final AmpsStandIn first = AmpsStandIn.builder().name("first").build();
    private final AmpsStandIn second = AmpsStandIn.builder().name("second").build();
    private final AmpsOrders orders = new AmpsOrders(first, second);

    @Test
    void bothInstancesHoldTheSameOrdersInDifferentOrder() {
        orders.writeUpTo(ORDERS / 3);
        orders.writeUpTo(ORDERS);

        assertThat(orders.written()).isEqualTo(ORDERS);
        assertIsEveryOrderOnce(first);
        assertIsEveryOrderOnce(second);
        assertThat(bookmarks(first))
                .containsExactlyInAnyOrderElementsOf(bookmarks(second))
                .isNotEqualTo(bookmarks(second));
    }

    @Test
    void ordersOfACustomerKeepTheirOrderOnBothInstances() {
        orders.writeUpTo(ORDERS);

        for (AmpsStandIn instance : List.of(first, second)) {
            assertThat(bodies(instance))
                    .filteredOn(body -> body.endsWith("\"customer\":17}"))
                    .containsExactly(
                            "{\"order\":17,\"customer\":17}",
                            "{\"order\":1017,\"customer\":17}",
                            "{\"order\":2017,\"customer\":17}");
        }
    }

    @Test
    void whatIsWrittenLaterIsInTheInstanceThatIsLeft() {
        orders.writeUpTo(10);
        orders.leaveFirst();
        orders.writeUpTo(ORDERS);

        assertThat(first.log().size()).isEqualTo(10);
        assertIsEveryOrderOnce(second);
    }

    private static void assertIsEveryOrderOnce(AmpsStandIn instance) {
        OrderCounts expected = new OrderCounts();
        LongStream.range(0, ORDERS).forEach(expected::add);
        OrderCounts found = AmpsOrders.countIn(instance.log());
        assertThat(found.total()).isEqualTo(ORDERS);
        assertThat(found.surplusOver(expected)).isZero();
    }

    private static List<String> bookmarks(AmpsStandIn instance) {
        return instance.log().entries().stream().map(LogEntry::bookmark).toList();
    }

    private static List<String> bodies(AmpsStandIn instance) {
        return instance.log().entries().stream()
                .map(entry -> new String(entry.body(), StandardCharsets.UTF_8))
                .toList();
    }
}
