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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a job has committed. */
public final class CommittedOutput {

    /** Which field of a part's line is its order. */
    static final int ORDER_IN_ARRIVAL = 3;

    private static final int SAMPLES = 20;

    private final OrderBook book;
    private final Map<Origin, Counts> arrivals = new EnumMap<>(Origin.class);
    private final Counts orders = new Counts();
    private final Map<WindowKey, Totals> windows = new HashMap<>();
    private final List<String> samples = new ArrayList<>();
    private long strangeArrivals;
    private long strangeOrders;
    private long disordered;
    private long late;

    private CommittedOutput(OrderBook book) {
        this.book = book;
        for (Origin origin : Origin.values()) {
            arrivals.put(origin, new Counts());
        }
    }

    /**
     * Reads everything.
     *
     * @param output what the job was given as output
     * @param book of the orders that were written
     */
    public static CommittedOutput read(Path output, OrderBook book) {
        return readAllBut(Set.of(), book, output);
    }

    /**
     * Reads what is in these outputs, but for the files that are known.
     *
     * @param known from {@link #files}
     */
    public static CommittedOutput readAllBut(Set<Path> known, OrderBook book, Path... outputs) {
        CommittedOutput committed = new CommittedOutput(book);
        for (Path output : outputs) {
            committed.add(output, OutputFiles.ARRIVALS, known, committed::addArrival);
            committed.add(output, OutputFiles.ORDERS, known, committed::addOrder);
            committed.add(output, OutputFiles.WINDOWS, known, committed::addWindow);
        }
        return committed;
    }

    /** The files that are there now. */
    public static Set<Path> files(Path output) {
        Set<Path> files = new HashSet<>();
        for (String kind : List.of(OutputFiles.ARRIVALS, OutputFiles.ORDERS, OutputFiles.WINDOWS)) {
            files.addAll(CommittedFiles.list(output, kind));
        }
        return files;
    }

    private void add(Path output, String kind, Set<Path> known, Consumer<String> action) {
        for (Path file : CommittedFiles.list(output, kind)) {
            if (!known.contains(file)) {
                CommittedFiles.forEachLine(file, action);
            }
        }
    }

    private void addArrival(String line) {
        int marker = line.indexOf(',' + Arrival.DISORDER);
        String part = marker < 0 ? line : line.substring(0, marker);
        if (marker >= 0) {
            disordered++;
            sample("disordered", line);
        }
        String[] fields = part.split(",");
        Origin origin = Origin.of(fields[0]);
        long order = Long.parseLong(fields[ORDER_IN_ARRIVAL]);
        if (part.equals(PartText.csv(book.part(origin, order)))) {
            arrivals.get(origin).add(order);
        } else {
            strangeArrivals++;
            sample("never written", line);
        }
    }

    private void addOrder(String line) {
        long order = Long.parseLong(line.substring(0, line.indexOf(',')));
        if (line.equals(book.joined(order).toString())) {
            orders.add(order);
        } else {
            strangeOrders++;
            sample("joined wrongly", line);
        }
    }

    private void addWindow(String line) {
        String[] fields = line.split(",");
        late += fields[0].equals(WindowTotals.LATE) ? 1 : 0;
        windows.merge(
                new WindowKey(fields[1], Long.parseLong(fields[2])),
                new Totals(Long.parseLong(fields[3]), Long.parseLong(fields[4])),
                Totals::plus);
    }

    private void sample(String what, String line) {
        if (samples.size() < SAMPLES) {
            samples.add(what + ": " + line);
        }
    }

    /** The parts of a source, by their orders. */
    Counts arrivals(Origin origin) {
        return arrivals.get(origin);
    }

    /** How many lines are of parts that nobody has written. */
    long strangeArrivals() {
        return strangeArrivals;
    }

    /** The orders that have been joined. */
    Counts orders() {
        return orders;
    }

    /** How many lines are of orders that do not come out of their parts. */
    long strangeOrders() {
        return strangeOrders;
    }

    /** What all lines of each window come to, late parts included. */
    Map<WindowKey, Totals> windows() {
        return windows;
    }

    /** How many parts came when it was not their turn. */
    long disordered() {
        return disordered;
    }

    /** How many parts came when their windows had ended. */
    long late() {
        return late;
    }

    /** Some of the lines that are wrong by themselves. */
    List<String> samples() {
        return samples;
    }
}
