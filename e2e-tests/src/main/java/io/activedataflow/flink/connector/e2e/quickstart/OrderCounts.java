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

import java.util.Arrays;

/** How often each order occurs: a multiset. Not thread-safe. */
final class OrderCounts {

    private int[] counts = new int[1 << 10];
    private long total;

    void add(long order) {
        int index = Math.toIntExact(order);
        if (index >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(index + 1, 2 * counts.length));
        }
        counts[index]++;
        total++;
    }

    /** All occurrences of all orders. */
    long total() {
        return total;
    }

    /** How many occurrences there are here, over all orders, that the other does not have. */
    long surplusOver(OrderCounts other) {
        long surplus = 0;
        for (int order = 0; order < counts.length; order++) {
            surplus += Math.max(0, counts[order] - other.of(order));
        }
        return surplus;
    }

    private int of(int order) {
        return order < counts.length ? counts[order] : 0;
    }
}
