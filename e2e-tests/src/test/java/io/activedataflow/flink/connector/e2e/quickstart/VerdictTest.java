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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class VerdictTest {

    @TempDir private Path output;

    @Test
    void sameOrdersInAndOutAreExactlyOnce() throws IOException {
        commit("part-0", 0, 2, 4);
        commit("part-1", 3, 1);

        Verdict verdict = verdictOn(input(0, 1, 2, 3, 4));

        assertThat(verdict).hasToString("in=5 out=5 lost=0 duplicated=0");
        assertThat(verdict.isExactlyOnce()).isTrue();
    }

    @Test
    void lostOrderIsCaught() throws IOException {
        commit("part-0", 0, 1, 3);

        Verdict verdict = verdictOn(input(0, 1, 2, 3));

        assertThat(verdict).hasToString("in=4 out=3 lost=1 duplicated=0");
        assertThat(verdict.isExactlyOnce()).isFalse();
    }

    @Test
    void duplicatedOrderIsCaught() throws IOException {
        commit("part-0", 0, 1, 2);
        commit("part-1", 1);

        Verdict verdict = verdictOn(input(0, 1, 2));

        assertThat(verdict).hasToString("in=3 out=4 lost=0 duplicated=1");
        assertThat(verdict.isExactlyOnce()).isFalse();
    }

    @Test
    void lossAndDuplicateOfTheSameNumberDoNotCancelOut() throws IOException {
        commit("part-0", 0, 1, 1, 3);

        Verdict verdict = verdictOn(input(0, 1, 2, 3));

        assertThat(verdict).hasToString("in=4 out=4 lost=1 duplicated=1");
        assertThat(verdict.isExactlyOnce()).isFalse();
    }

    @Test
    void orderThatNobodyHasPlacedIsNoMatch() throws IOException {
        commit("part-0", 0, 1, 5_000);

        Verdict verdict = verdictOn(input(0, 1, 2));

        assertThat(verdict).hasToString("in=3 out=3 lost=1 duplicated=1");
        assertThat(verdict.isExactlyOnce()).isFalse();
    }

    @Test
    void wrongCountInStateIsCaught() throws IOException {
        Files.writeString(output.resolve("part-0"), "0 0 1\n1000 0 3\n");

        Verdict verdict = verdictOn(input(0, 1_000));

        assertThat(verdict.miscounted()).isEqualTo(1);
        assertThat(verdict.lost() + verdict.duplicated()).isZero();
        assertThat(verdict.isExactlyOnce()).isFalse();
    }

    @Test
    void whatIsNotCommittedDoesNotCount() throws IOException {
        commit("part-0", 0);
        commit(".part-1.inprogress.1", 1);

        assertThat(verdictOn(input(0, 1))).hasToString("in=2 out=1 lost=1 duplicated=0");
    }

    @Test
    void nothingAtAllIsNoSuccess() throws IOException {
        assertThat(verdictOn(input()).isExactlyOnce()).isFalse();
    }

    @Test
    void halfALineIsNoOrder() throws IOException {
        Files.writeString(output.resolve("part-0"), "0 0 1\n10");

        assertThatThrownBy(() -> verdictOn(input(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not a line of the output: '10'");
    }

    private Verdict verdictOn(OrderCounts input) throws IOException {
        return Verdict.of("test", input, CommittedOrders.read(output));
    }

    private static OrderCounts input(long... orders) {
        OrderCounts counts = new OrderCounts();
        LongStream.of(orders).forEach(counts::add);
        return counts;
    }

    private void commit(String file, long... orders) throws IOException {
        Files.write(
                output.resolve(file),
                LongStream.of(orders)
                        .mapToObj(
                                order ->
                                        new CountedOrder(
                                                        order,
                                                        Orders.customerOf(order),
                                                        Orders.ordinalOf(order))
                                                .toString())
                        .toList());
    }
}
