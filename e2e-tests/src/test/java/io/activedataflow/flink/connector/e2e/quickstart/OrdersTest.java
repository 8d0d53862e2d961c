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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class OrdersTest {

    @Test
    void everyOrderBeforeOneIsInExactlyOnePartition() {
        for (int total = 0; total < 20; total++) {
            int expected = total;
            assertThat(
                            IntStream.range(0, Orders.PARTITIONS)
                                    .boxed()
                                    .flatMap(
                                            partition ->
                                                    IntStream.range(
                                                                    0,
                                                                    (int)
                                                                            Orders.positionsUpTo(
                                                                                    partition,
                                                                                    expected))
                                                            .mapToObj(
                                                                    position ->
                                                                            Orders.orderAt(
                                                                                    partition,
                                                                                    position))))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, total).mapToObj(order -> (long) order).toList());
        }
    }

    @Test
    void positionOfAnOrderLeadsBackToIt() {
        for (long order = 0; order < 20; order++) {
            int partition = (int) (order % Orders.PARTITIONS);

            assertThat(Orders.orderAt(partition, Orders.positionOf(order))).isEqualTo(order);
        }
    }

    @Test
    void ordersOfACustomerAreInOnePartition() {
        assertThat(Orders.CUSTOMERS % Orders.PARTITIONS).isZero();
    }

    @Test
    void brokenRecordsAreInAllPartitions() {
        assertThat(
                        LongStream.range(0, 4 * Orders.BROKEN_EVERY)
                                .filter(Orders::isAfterBroken)
                                .mapToObj(order -> (int) (order % Orders.PARTITIONS)))
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }
}
