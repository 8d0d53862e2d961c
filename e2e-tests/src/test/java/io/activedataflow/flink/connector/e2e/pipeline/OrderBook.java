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

import java.time.Duration;
import java.time.Instant;

/**
 * All orders there can ever be. What is in them follows from the seed, so that nothing need be
 * remembered to know what has to come out.
 *
 * @param seed of everything that looks random
 * @param start the time of the first order
 * @param step between two orders; at least 1 ms
 */
public record OrderBook(long seed, Instant start, Duration step) {

    private static final int CUSTOMERS = 20;
    private static final int LARGEST_AMOUNT = 1_000;
    private static final Duration STEP = Duration.ofMillis(10);

    /** Orders from now on, a hundred in a second of event time. */
    public static OrderBook of(long seed) {
        return new OrderBook(seed, Instant.ofEpochMilli(System.currentTimeMillis()), STEP);
    }

    /** A part, as it is to be written and to be found again. */
    public OrderPart part(Origin origin, long order) {
        return new OrderPart(
                origin.source(),
                origin.split(order),
                origin.number(order),
                order,
                customer(order),
                amount(origin, order),
                time(origin, order));
    }

    /** What comes out of all parts of an order. */
    JoinedOrder joined(long order) {
        long sum = 0;
        for (Origin origin : Origin.values()) {
            sum += amount(origin, order);
        }
        return new JoinedOrder(order, customer(order), sum);
    }

    private String customer(long order) {
        return "customer-" + random(order, 0, CUSTOMERS);
    }

    private long amount(Origin origin, long order) {
        return 1 + random(order, 1 + origin.ordinal(), LARGEST_AMOUNT);
    }

    /** Less than a step off, so that time never falls within a split. */
    private long time(Origin origin, long order) {
        return start.toEpochMilli()
                + order * step.toMillis()
                + random(order, 10 + origin.ordinal(), step.toMillis());
    }

    private long random(long order, int salt, long bound) {
        long bits = mixed(mixed(seed + salt) + order);
        return Math.floorMod(bits, bound);
    }

    private static long mixed(long value) {
        long bits = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }
}
