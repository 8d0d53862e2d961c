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
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What has to come out of what was written.
 *
 * @param book of the orders
 * @param written how many parts each source has: those of the first orders
 * @param windowSize of the job
 */
public record ExpectedOutput(OrderBook book, Map<Origin, Long> written, Duration windowSize) {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    public ExpectedOutput {
        written = Map.copyOf(written);
    }

    /** With the window that the job has unless it is told otherwise. */
    public static ExpectedOutput of(OrderBook book, Map<Origin, Long> written) {
        return new ExpectedOutput(book, written, WINDOW);
    }

    /** How many parts there are. */
    public long parts() {
        return written.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many orders have all of their parts. */
    public long orders() {
        return written.size() < Origin.values().length ? 0 : Collections.min(written.values());
    }

    Map<WindowKey, Totals> windows() {
        Map<WindowKey, Totals> windows = new HashMap<>();
        written.forEach(
                (origin, orders) -> {
                    for (long order = 0; order < orders; order++) {
                        OrderPart part = book.part(origin, order);
                        windows.merge(windowOf(part), new Totals(1, part.amount()), Totals::plus);
                    }
                });
        return windows;
    }

    private WindowKey windowOf(OrderPart part) {
        return new WindowKey(
                part.customer(), part.time() - Math.floorMod(part.time(), windowSize.toMillis()));
    }
}
