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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class RecordFilesToPrintITCase {

    @TempDir private Path directory;

    @Test
    void sumsByTheMinuteInTheFile() throws Exception {
        Files.writeString(
                directory.resolve("orders-0.csv"),
                """
                id,customer,amount,placed
                1,ann,100,2026-03-01T10:00:00Z
                2,ann,10,2026-03-01T10:00:59.999Z
                3,ann,1,2026-03-01T10:01:00Z
                """);
        Files.writeString(
                directory.resolve("orders-1.csv"),
                """
                placed,amount,note,customer,id
                2026-03-01T10:00:05Z,7,"two
                lines",bob,4
                """);
        Files.writeString(directory.resolve("other.txt"), "not an order\n");

        assertThat(
                        ExampleJob.output(
                                RecordFilesToPrint.spentPerMinute(
                                        ExampleJob.environment(),
                                        RecordFilesToPrint.ordersIn(directory + "/*.csv").build())))
                .containsExactlyInAnyOrder(
                        new Order(2, "ann", 110), new Order(3, "ann", 1), new Order(4, "bob", 7));
    }
}
