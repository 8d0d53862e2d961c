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

/**
 * What a customer's parts within a window come to: all that were in time together, or one that was
 * late. The counts of a window's lines add up to its parts.
 *
 * @param kind {@link #IN_TIME} or {@link #LATE}
 * @param customer whose
 * @param start of the window, in milliseconds since the epoch
 * @param count how many parts
 * @param amount their amounts together
 */
public record WindowTotals(String kind, String customer, long start, long count, long amount) {

    /** Of the parts that the window had when it ended. */
    public static final String IN_TIME = "window";

    /** Of a part that came when its window had ended. */
    public static final String LATE = "late";

    static WindowTotals late(OrderPart part, Duration size) {
        long start = part.time() - Math.floorMod(part.time(), size.toMillis());
        return new WindowTotals(LATE, part.customer(), start, 1, part.amount());
    }

    /** A line of comma-separated values. */
    @Override
    public String toString() {
        return kind + ',' + customer + ',' + start + ',' + count + ',' + amount;
    }
}
