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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Output made up by hand, right and wrong. */
@Timeout(60)
class OutputVerdictTest {

    private static final long ORDERS = 300;

    @TempDir private Path output;

    private final OrderBook book = OrderBook.of(7);
    private final ExpectedOutput expected =
            ExpectedOutput.of(
                    book,
                    Map.of(Origin.REDIS, ORDERS, Origin.AMPS, ORDERS, Origin.FILES, ORDERS + 20));
    private final List<String> arrivals = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private final List<String> windows = new ArrayList<>();

    @BeforeEach
    void makeUpOutput() {
        expected.written()
                .forEach(
                        (origin, written) -> {
                            for (long order = 0; order < written; order++) {
                                OrderPart part = book.part(origin, order);
                                arrivals.add(new Arrival(part, part.number()).toString());
                            }
                        });
        for (long order = 0; order < ORDERS; order++) {
            orders.add(book.joined(order).toString());
        }
        expected.windows().forEach((window, totals) -> windows.add(line(window, totals)));
    }

    private static String line(WindowKey window, Totals totals) {
        return new WindowTotals(
                        WindowTotals.IN_TIME,
                        window.customer(),
                        window.start(),
                        totals.count(),
                        totals.amount())
                .toString();
    }

    @Test
    void everythingOnce() throws IOException {
        OutputVerdict verdict = verdict();

        assertThat(verdict.isExactlyOnce()).isTrue();
        assertThat(verdict)
                .hasToString(
                        "in=920 out=920 lost=0 duplicated=0 disordered=0 orders=300/300 (lost=0"
                                + " duplicated=0) wrong windows=0 (late parts=0)");
    }

    @Test
    void aPartThatIsLost() throws IOException {
        arrivals.remove(Origin.values().length);

        assertThat(verdict().parts()).isEqualTo(new OutputVerdict.Balance(920, 919, 1, 0));
        assertThat(verdict().isExactlyOnce()).isFalse();
        assertThat(verdict().samples()).singleElement().asString().startsWith("0 times: ");
    }

    @Test
    void aPartThatIsThereTwice() throws IOException {
        arrivals.add(arrivals.get(400));

        assertThat(verdict().parts()).isEqualTo(new OutputVerdict.Balance(920, 921, 0, 1));
        assertThat(verdict().isExactlyOnce()).isFalse();
        assertThat(verdict().samples()).singleElement().asString().startsWith("2 times: ");
    }

    @Test
    void onePartLostAndAnotherThereTwice() throws IOException {
        arrivals.set(5, arrivals.get(6));

        assertThat(verdict().parts()).isEqualTo(new OutputVerdict.Balance(920, 920, 1, 1));
        assertThat(verdict().isExactlyOnce()).isFalse();
    }

    @Test
    void aPartWithAnotherAmount() throws IOException {
        OrderPart part = book.part(Origin.AMPS, 3);
        OrderPart changed =
                new OrderPart(
                        part.source(),
                        part.split(),
                        part.number(),
                        part.order(),
                        part.customer(),
                        part.amount() + 1,
                        part.time());
        arrivals.remove(PartText.csv(part));
        arrivals.add(PartText.csv(changed));

        assertThat(verdict().parts()).isEqualTo(new OutputVerdict.Balance(920, 920, 1, 1));
    }

    @Test
    void aPartThatNobodyHasWritten() throws IOException {
        arrivals.add(PartText.csv(book.part(Origin.REDIS, ORDERS)));

        assertThat(verdict().parts()).isEqualTo(new OutputVerdict.Balance(920, 921, 0, 1));
    }

    @Test
    void partsThatHaveChangedPlaces() throws IOException {
        OrderPart part = book.part(Origin.REDIS, 4);
        arrivals.remove(PartText.csv(part));
        arrivals.add(new Arrival(part, part.number() + 1).toString());

        assertThat(verdict().parts().isEven()).isTrue();
        assertThat(verdict().disordered()).isOne();
        assertThat(verdict().isExactlyOnce()).isFalse();
        assertThat(verdict().samples())
                .singleElement()
                .asString()
                .startsWith("disordered: redis,orders-0,1,4,")
                .endsWith(",expected=2");
    }

    @Test
    void anOrderThatIsNotJoined() throws IOException {
        orders.remove(17);

        assertThat(verdict().orders()).isEqualTo(new OutputVerdict.Balance(300, 299, 1, 0));
        assertThat(verdict().isExactlyOnce()).isFalse();
    }

    @Test
    void anOrderThatIsJoinedTwice() throws IOException {
        orders.add(orders.get(17));

        assertThat(verdict().orders()).isEqualTo(new OutputVerdict.Balance(300, 301, 0, 1));
        assertThat(verdict().isExactlyOnce()).isFalse();
    }

    @Test
    void anOrderOfAnotherAmount() throws IOException {
        JoinedOrder order = book.joined(17);
        orders.set(
                17,
                new JoinedOrder(order.order(), order.customer(), order.amount() + 1).toString());

        assertThat(verdict().orders()).isEqualTo(new OutputVerdict.Balance(300, 300, 1, 1));
    }

    @Test
    void aWindowThatIsMissing() throws IOException {
        windows.remove(0);

        assertThat(verdict().wrongWindows()).isOne();
        assertThat(verdict().isExactlyOnce()).isFalse();
    }

    @Test
    void aWindowThatHasFiredTwice() throws IOException {
        windows.add(windows.get(0));

        assertThat(verdict().wrongWindows()).isOne();
    }

    @Test
    void latePartsAreCountedWithTheirWindows() throws IOException {
        OrderPart part = book.part(Origin.FILES, 0);
        WindowTotals late = WindowTotals.late(part, expected.windowSize());
        WindowKey window = new WindowKey(late.customer(), late.start());
        Totals all = expected.windows().get(window);
        windows.remove(line(window, all));
        windows.add(line(window, new Totals(all.count() - 1, all.amount() - part.amount())));
        windows.add(late.toString());

        assertThat(verdict().isExactlyOnce()).isTrue();
        assertThat(verdict().late()).isOne();
    }

    @Test
    void nothingIsNeverRight() throws IOException {
        ExpectedOutput nothing = ExpectedOutput.of(book, Map.of());
        CommittedOutput committed = CommittedOutput.read(output, book);

        assertThat(OutputVerdict.of(nothing, committed).isExactlyOnce()).isFalse();
        assertThat(OutputVerdict.of(expected, committed).parts().lost()).isEqualTo(920);
    }

    @Test
    void whatIsNotCommittedDoesNotCount() throws IOException {
        write("windows", windows);
        write("orders", orders);
        Path file = write("arrivals", arrivals);
        Files.move(file, file.resolveSibling(".part-0-0.inprogress"));

        assertThat(OutputVerdict.of(expected, CommittedOutput.read(output, book)).parts().lost())
                .isEqualTo(920);
        assertThat(new CommittedProgress(output).arrivals()).isZero();
    }

    @Test
    void progressIsThatOfAllFiles() throws IOException {
        CommittedProgress progress = new CommittedProgress(output);
        assertThat(progress.arrivals()).isZero();

        arrivals.add(arrivals.get(0));
        write("arrivals", arrivals);
        assertThat(progress.arrivals()).isEqualTo(920);
        assertThat(progress.arrivals()).isEqualTo(920);
    }

    private OutputVerdict verdict() throws IOException {
        write("arrivals", arrivals);
        write("orders", orders);
        write("windows", windows);
        return OutputVerdict.of(expected, CommittedOutput.read(output, book));
    }

    private Path write(String kind, List<String> lines) throws IOException {
        Files.createDirectories(output.resolve(kind));
        return Files.write(output.resolve(kind).resolve("part-0-0"), lines);
    }
}
