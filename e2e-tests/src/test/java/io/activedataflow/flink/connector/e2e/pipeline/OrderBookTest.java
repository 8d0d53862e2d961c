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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the whole proof rests on: that splits are numbered without gaps. */
@Timeout(60)
class OrderBookTest {

    private static final long ORDERS = 10_000;

    private final OrderBook book = OrderBook.of(42);

    @ParameterizedTest
    @EnumSource
    void numbersOfASplitHaveNoGaps(Origin origin) {
        Map<String, Long> next = new HashMap<>();

        for (long order = 0; order < ORDERS; order++) {
            OrderPart part = book.part(origin, order);
            long expected = next.merge(part.split(), 1L, Long::sum) - 1;
            assertThat(part.number()).as(part.toString()).isEqualTo(expected);
        }
        assertThat(next).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource
    void timeNeverFallsWithinASplit(Origin origin) {
        Map<String, Long> latest = new HashMap<>();

        for (long order = 0; order < ORDERS; order++) {
            OrderPart part = book.part(origin, order);
            Long before = latest.put(part.split(), part.time());
            assertThat(part.time())
                    .as(part.toString())
                    .isGreaterThan(before == null ? Long.MIN_VALUE : before);
        }
    }

    @Test
    void partsOfAnOrderAgreeOnTheCustomerAlone() {
        OrderPart redis = book.part(Origin.REDIS, 5);
        OrderPart amps = book.part(Origin.AMPS, 5);

        assertThat(redis.customer()).isEqualTo(amps.customer());
        assertThat(redis.amount()).isNotEqualTo(amps.amount());
    }

    @Test
    void seedsMakeDifferentBooks() {
        OrderBook other = new OrderBook(43, book.start(), book.step());

        assertThat(other.part(Origin.REDIS, 5)).isNotEqualTo(book.part(Origin.REDIS, 5));
        assertThat(new OrderBook(42, book.start(), book.step()).part(Origin.REDIS, 5))
                .isEqualTo(book.part(Origin.REDIS, 5));
    }
}
