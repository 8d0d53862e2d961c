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

import java.util.HashSet;
import java.util.Set;

/**
 * A job that was started once more, from a checkpoint in the middle of its first run and with an
 * output of its own: what both have committed.
 *
 * @param in the parts that were written
 * @param again those that the second run has committed, from its checkpoint on
 * @param lost those that neither has committed
 * @param gaps those that the second run has left out within a split, once it had begun with it
 * @param duplicated those too much in the second run
 * @param disordered those that came to the second run when, by the state of the checkpoint, it was
 *     not their turn
 * @param lostOrders orders that have all parts and that neither has joined
 * @param duplicatedOrders those too much in the second run
 * @param strange lines of the second run that nobody has written
 */
public record ContinuationVerdict(
        long in,
        long again,
        long lost,
        long gaps,
        long duplicated,
        long disordered,
        long lostOrders,
        long duplicatedOrders,
        long strange) {

    /**
     * Compares them.
     *
     * @param first what was committed before the second run's checkpoint, or not long after it
     * @param second what the second run has committed
     */
    public static ContinuationVerdict of(
            ExpectedOutput expected, CommittedOutput first, CommittedOutput second) {
        long again = 0;
        long lost = 0;
        long gaps = 0;
        long duplicated = 0;
        for (Origin origin : Origin.values()) {
            long written = expected.written().getOrDefault(origin, 0L);
            again += second.arrivals(origin).total();
            lost += missingInBoth(written, first.arrivals(origin), second.arrivals(origin));
            gaps += gaps(origin, written, second.arrivals(origin));
            duplicated += repeated(written, second.arrivals(origin));
        }
        return new ContinuationVerdict(
                expected.parts(),
                again,
                lost,
                gaps,
                duplicated,
                second.disordered(),
                missingInBoth(expected.orders(), first.orders(), second.orders()),
                repeated(expected.orders(), second.orders()),
                second.strangeArrivals() + second.strangeOrders());
    }

    private static long missingInBoth(long end, Counts first, Counts second) {
        long missing = 0;
        for (long number = 0; number < end; number++) {
            missing += first.of(number) + second.of(number) == 0 ? 1 : 0;
        }
        return missing;
    }

    private static long repeated(long end, Counts counts) {
        long seen = end - counts.missingBelow(end);
        return counts.total() - seen;
    }

    private static long gaps(Origin origin, long written, Counts second) {
        Set<String> begun = new HashSet<>();
        long gaps = 0;
        for (long order = 0; order < written; order++) {
            String split = origin.split(order);
            if (second.of(order) > 0) {
                begun.add(split);
            } else if (begun.contains(split)) {
                gaps++;
            }
        }
        return gaps;
    }

    /** Whether nothing is lost, and the second run is what the first would have been. */
    public boolean isSeamless() {
        return again > 0
                && again < in
                && lost == 0
                && gaps == 0
                && duplicated == 0
                && disordered == 0
                && lostOrders == 0
                && duplicatedOrders == 0
                && strange == 0;
    }

    /** One line. */
    @Override
    public String toString() {
        return "in="
                + in
                + " again="
                + again
                + " lost="
                + lost
                + " gaps="
                + gaps
                + " duplicated="
                + duplicated
                + " disordered="
                + disordered
                + " orders lost="
                + lostOrders
                + " orders duplicated="
                + duplicatedOrders
                + " strange="
                + strange;
    }
}
