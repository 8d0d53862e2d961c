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

import java.util.List;
import java.util.stream.IntStream;

/**
 * The records of the quick start. An order is a number; the orders of a run are numbered from 0 on,
 * and who has ordered, and which partition it is in, follows from the number. The orders of one
 * customer are all in one partition, in the order of their numbers.
 */
final class Orders {

    static final String TOPIC = "orders";
    static final String FIELD = "order";
    static final int PARTITIONS = 4;
    static final int CUSTOMERS = 1_000;

    /** Where broken records are written, one comes before every so manieth order. */
    static final int BROKEN_EVERY = 999;

    private Orders() {}

    static String streamOf(int partition) {
        return TOPIC + '-' + partition;
    }

    static List<String> streams() {
        return IntStream.range(0, PARTITIONS).mapToObj(Orders::streamOf).toList();
    }

    static int customerOf(long order) {
        return (int) (order % CUSTOMERS);
    }

    /** Whether a broken record comes before this order, where some are written. */
    static boolean isAfterBroken(long order) {
        return order % BROKEN_EVERY == 0;
    }

    /** How many orders the customer has placed when this one is counted: 1 for the first. */
    static long ordinalOf(long order) {
        return order / CUSTOMERS + 1;
    }

    /** The order at a position of a partition, both counted from 0. */
    static long orderAt(int partition, long position) {
        return position * PARTITIONS + partition;
    }

    /** How many of the orders before this one are in the partition. */
    static long positionsUpTo(int partition, long order) {
        return (order - partition + PARTITIONS - 1) / PARTITIONS;
    }

    static long positionOf(long order) {
        return order / PARTITIONS;
    }
}
