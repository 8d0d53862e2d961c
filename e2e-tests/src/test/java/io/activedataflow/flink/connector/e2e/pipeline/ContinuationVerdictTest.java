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

/** Two outputs made up by hand, the second one from a point in the middle of the first one on. */
@Timeout(60)
class ContinuationVerdictTest {

    private static final long ORDERS = 300;
    private static final long CHECKPOINT = 100;
    private static final long END_OF_FIRST = 140;

    @TempDir private Path directory;

    private final OrderBook book = OrderBook.of(7);
    private final ExpectedOutput expected =
            ExpectedOutput.of(
                    book, Map.of(Origin.REDIS, ORDERS, Origin.AMPS, ORDERS, Origin.FILES, ORDERS));
    private final List<String> arrivals = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private CommittedOutput first;

    @BeforeEach
    void makeUpOutput() throws IOException {
        fill(0, END_OF_FIRST);
        first = output("first");
        arrivals.clear();
        orders.clear();
        fill(CHECKPOINT, ORDERS);
    }

    private void fill(long from, long to) {
        for (long order = from; order < to; order++) {
            for (Origin origin : Origin.values()) {
                OrderPart part = book.part(origin, order);
                arrivals.add(new Arrival(part, part.number()).toString());
            }
            orders.add(book.joined(order).toString());
        }
    }

    @Test
    void goesOnWhereTheCheckpointWas() throws IOException {
        assertThat(verdict().isSeamless()).isTrue();
        assertThat(verdict())
                .hasToString(
                        "in=900 again=600 lost=0 gaps=0 duplicated=0 disordered=0 orders lost=0"
                                + " orders duplicated=0 strange=0");
    }

    @Test
    void aPartThatNeitherHas() throws IOException {
        arrivals.remove(arrivals.size() - 1);

        assertThat(verdict().lost()).isOne();
        assertThat(verdict().isSeamless()).isFalse();
    }

    @Test
    void aPartLeftOutThatTheFirstRunHas() throws IOException {
        arrivals.remove(PartText.csv(book.part(Origin.REDIS, CHECKPOINT + 10)));

        assertThat(verdict().lost()).isZero();
        assertThat(verdict().gaps()).isOne();
        assertThat(verdict().isSeamless()).isFalse();
    }

    @Test
    void aPartThatIsThereTwice() throws IOException {
        arrivals.add(arrivals.get(17));

        assertThat(verdict().duplicated()).isOne();
        assertThat(verdict().isSeamless()).isFalse();
    }

    @Test
    void aPartThatTheStateDidNotExpect() throws IOException {
        OrderPart part = book.part(Origin.AMPS, CHECKPOINT);
        arrivals.set(
                arrivals.indexOf(PartText.csv(part)),
                new Arrival(part, part.number() - 1).toString());

        assertThat(verdict().disordered()).isOne();
        assertThat(verdict().isSeamless()).isFalse();
    }

    @Test
    void ordersLostAndTwice() throws IOException {
        orders.set(orders.size() - 1, orders.get(0));

        assertThat(verdict().lostOrders()).isOne();
        assertThat(verdict().duplicatedOrders()).isOne();
        assertThat(verdict().isSeamless()).isFalse();
    }

    @Test
    void aRunThatBeginsAnewDoesNotGoOn() throws IOException {
        fill(0, CHECKPOINT);

        assertThat(verdict().again()).isEqualTo(verdict().in());
        assertThat(verdict().isSeamless()).isFalse();
    }

    private ContinuationVerdict verdict() throws IOException {
        return ContinuationVerdict.of(expected, first, output("second"));
    }

    private CommittedOutput output(String name) throws IOException {
        Path output = directory.resolve(name);
        Files.createDirectories(output.resolve(OutputFiles.ARRIVALS));
        Files.createDirectories(output.resolve(OutputFiles.ORDERS));
        Files.write(output.resolve(OutputFiles.ARRIVALS).resolve("part-0-0"), arrivals);
        Files.write(output.resolve(OutputFiles.ORDERS).resolve("part-0-0"), orders);
        return CommittedOutput.read(output, book);
    }
}
