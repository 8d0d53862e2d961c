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

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Queue;

import static org.assertj.core.api.Assertions.assertThat;

/** Broken order is seen, whatever broke it. */
@Timeout(60)
class ArrivalCheckTest {

    @Test
    void partsInTheirTurn() throws Exception {
        assertThat(linesAfter(0, 1, 2)).containsExactly("0", "1", "2");
    }

    @Test
    void partsThatHaveChangedPlaces() throws Exception {
        assertThat(linesAfter(0, 2, 1, 3))
                .containsExactly("0", "2,expected=1", "1,expected=3", "3");
    }

    @Test
    void aPartThatIsMissing() throws Exception {
        assertThat(linesAfter(0, 2, 3)).containsExactly("0", "2,expected=1", "3");
    }

    @Test
    void aPartThatComesAgain() throws Exception {
        assertThat(linesAfter(0, 1, 1, 2)).containsExactly("0", "1", "1,expected=2", "2");
    }

    @Test
    void aFirstPartThatIsMissing() throws Exception {
        assertThat(linesAfter(1)).containsExactly("1,expected=0");
    }

    @Test
    void whoseTurnItIsIsState() throws Exception {
        OperatorSubtaskState state;
        try (var check = check()) {
            check.open();
            check.processElement(part(0), 0);
            state = check.snapshot(1, 0);
        }
        try (var check = check()) {
            check.initializeState(state);
            check.open();
            check.processElement(part(1), 1);
            check.processElement(part(0), 2);

            assertThat(lines(check)).containsExactly("1", "0,expected=2");
        }
    }

    private static List<String> linesAfter(long... numbers) throws Exception {
        try (var check = check()) {
            check.open();
            for (long number : numbers) {
                check.processElement(part(number), number);
            }
            assertThat(check.extractOutputValues()).hasSize(numbers.length);
            return lines(check);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, OrderPart, OrderPart> check()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ArrivalCheck()), OrderPart::split, Types.STRING);
    }

    private static OrderPart part(long number) {
        return new OrderPart("redis", "orders-1", number, 4 * number + 1, "c", 1, number);
    }

    /** The numbers, and what stands behind the last field. */
    private static List<String> lines(
            KeyedOneInputStreamOperatorTestHarness<String, OrderPart, OrderPart> check) {
        Queue<?> records = check.getSideOutput(ArrivalCheck.ARRIVALS);
        return records.stream()
                .map(record -> record.toString().replaceAll("Record @ \\S+ : ", "").split(",", 8))
                .map(fields -> fields.length == 8 ? fields[2] + ',' + fields[7] : fields[2])
                .toList();
    }
}
