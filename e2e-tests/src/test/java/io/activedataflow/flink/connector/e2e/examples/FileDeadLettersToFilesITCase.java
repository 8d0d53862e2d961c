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

package io.activedataflow.flink.connector.e2e.examples;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("compat")
@Timeout(300)
class FileDeadLettersToFilesITCase {

    private static final int ORDERS = 500;

    @TempDir private Path orders;
    @TempDir private Path deadLetters;

    @Test
    void malformedRecordsGoToFilesAndAllOthersOn() throws Exception {
        List<Order> expected = new ArrayList<>();
        for (int file = 0; file < 2; file++) {
            expected.addAll(writeFile("orders-" + file + ".csv", file * ORDERS));
        }

        assertThat(
                        ExampleJob.output(
                                FileDeadLettersToFiles.goodOrders(
                                        ExampleJob.environment(),
                                        FileDeadLettersToFiles.ordersIn(orders.toString()).build(),
                                        deadLetters.toUri().toString())))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(CommittedLines.in(deadLetters))
                .hasSize(4)
                .anyMatch(isOf("orders-0.csv line 102 CAST 100,ann,a lot ", "'amount'"))
                .anyMatch(isOf("orders-0.csv line 203 STRUCTURE 200,\"ann,200 ", "is never closed"))
                .anyMatch(isOf("orders-1.csv line 102 CAST 600,ann,a lot ", "'amount'"))
                .anyMatch(
                        isOf("orders-1.csv line 203 STRUCTURE 700,\"ann,700 ", "is never closed"));
    }

    /** Returns what can be read of the file. */
    private List<Order> writeFile(String name, long first) throws IOException {
        List<String> lines = new ArrayList<>(List.of("id,customer,amount"));
        List<Order> good = new ArrayList<>();
        for (long id = first; id < first + ORDERS; id++) {
            if (id == first + 100) {
                lines.add(id + ",ann,a lot");
            }
            if (id == first + 200) {
                lines.add(id + ",\"ann," + id);
            }
            lines.add(id + ",ann," + id);
            good.add(new Order(id, "ann", id));
        }
        Files.write(orders.resolve(name), lines);
        return good;
    }

    private static Predicate<String> isOf(String start, String reason) {
        return line -> line.contains('/' + start) && line.contains(reason);
    }
}
