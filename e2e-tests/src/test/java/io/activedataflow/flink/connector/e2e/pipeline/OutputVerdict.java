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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was written compared with what was committed.
 *
 * @param parts those written and those found
 * @param disordered how many parts came when it was not their turn within their split
 * @param orders those that have all their parts and those that were joined
 * @param wrongWindows how many windows have not got the parts they should have
 * @param late how many parts came when their windows had ended; no fault
 * @param samples some of what is wrong
 */
public record OutputVerdict(
        Balance parts,
        long disordered,
        Balance orders,
        long wrongWindows,
        long late,
        List<String> samples) {

    private static final int FIRST_ONES = 5;

    /**
     * Two multisets compared.
     *
     * @param in the size of the one that should be
     * @param out the size of the one that is
     * @param lost what is missing in that
     * @param duplicated what is too much in it
     */
    public record Balance(long in, long out, long lost, long duplicated) {

        boolean isEven() {
            return in > 0 && in == out && lost == 0 && duplicated == 0;
        }

        private Balance plus(Balance other) {
            return new Balance(
                    in + other.in,
                    out + other.out,
                    lost + other.lost,
                    duplicated + other.duplicated);
        }

        private static Balance of(long in, Counts out) {
            return new Balance(in, out.total(), out.missingBelow(in), out.surplusOver(in));
        }

        private static Balance surplus(long out) {
            return new Balance(0, out, 0, out);
        }
    }

    /** Compares all of it. */
    public static OutputVerdict of(ExpectedOutput expected, CommittedOutput committed) {
        Balance parts = Balance.surplus(committed.strangeArrivals());
        List<String> samples = new ArrayList<>(committed.samples());
        for (Origin origin : Origin.values()) {
            long written = expected.written().getOrDefault(origin, 0L);
            Counts arrived = committed.arrivals(origin);
            parts = parts.plus(Balance.of(written, arrived));
            addSamples(samples, origin, written, arrived);
        }
        return new OutputVerdict(
                parts,
                committed.disordered(),
                Balance.of(expected.orders(), committed.orders())
                        .plus(Balance.surplus(committed.strangeOrders())),
                wrongWindows(expected.windows(), committed.windows()),
                committed.late(),
                samples);
    }

    private static void addSamples(
            List<String> samples, Origin origin, long written, Counts arrived) {
        int found = 0;
        for (long order = 0; order < written && found < FIRST_ONES; order++) {
            if (arrived.of(order) != 1) {
                samples.add(
                        arrived.of(order)
                                + " times: "
                                + origin.split(order)
                                + " number "
                                + origin.number(order));
                found++;
            }
        }
    }

    private static long wrongWindows(
            Map<WindowKey, Totals> expected, Map<WindowKey, Totals> committed) {
        Set<WindowKey> all = new HashSet<>(expected.keySet());
        all.addAll(committed.keySet());
        return all.stream()
                .filter(
                        window ->
                                !expected.getOrDefault(window, Totals.NONE)
                                        .equals(committed.getOrDefault(window, Totals.NONE)))
                .count();
    }

    /** Whether everything is as it has to be; of nothing that is never the case. */
    public boolean isExactlyOnce() {
        return parts.isEven() && orders.isEven() && disordered == 0 && wrongWindows == 0;
    }

    /** One line, and some of what is wrong below it. */
    @Override
    public String toString() {
        String line =
                "in="
                        + parts.in
                        + " out="
                        + parts.out
                        + " lost="
                        + parts.lost
                        + " duplicated="
                        + parts.duplicated
                        + " disordered="
                        + disordered
                        + " orders="
                        + orders.out
                        + '/'
                        + orders.in
                        + " (lost="
                        + orders.lost
                        + " duplicated="
                        + orders.duplicated
                        + ") wrong windows="
                        + wrongWindows
                        + " (late parts="
                        + late
                        + ')';
        return samples.isEmpty() ? line : line + "\n  " + String.join("\n  ", samples);
    }
}
