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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FileOrdersTest {

    private static final long ORDERS = 40_001;

    @TempDir private Path root;

    private Path directory;
    private FileOrders orders;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = Files.createDirectory(root.resolve("orders"));
        orders = new FileOrders(directory);
    }

    @Test
    void everyOrderIsInTheFilesOnce() {
        orders.writeUpTo(ORDERS / 3);
        orders.writeUpTo(ORDERS);

        assertThat(orders.written()).isEqualTo(ORDERS);
        assertIsEveryOrderOnce();
    }

    @Test
    void brokenRecordsAreFoundWhereTheyStand() {
        orders.writeUpTo(4_000);

        Tally<BrokenRecord> expected = new Tally<>();
        expected.add(new BrokenRecord("orders-0-000000.csv", 2, "0,somebody,none"));
        expected.add(new BrokenRecord("orders-3-000000.jsonl", 250, "{\"order\":999}"));
        expected.add(
                new BrokenRecord("orders-2-000000.jsonl", 500, "{\"order\":1998,\"customer\":"));
        expected.add(new BrokenRecord("orders-1-000000.csv", 901, "2997,somebody,none"));
        expected.add(new BrokenRecord("orders-0-000000.csv", 1202, "3996"));
        Tally<BrokenRecord> found = WrittenFiles.read(directory).broken();
        assertThat(found.surplusOver(expected)).isZero();
        assertThat(expected.surplusOver(found)).isZero();
    }

    @Test
    void someFilesAreCompressedAndNoneIsHalfWritten() throws IOException {
        for (long end = 100; end <= 1_000; end += 100) {
            orders.writeUpTo(end);
        }

        assertThat(names())
                .hasSize(40)
                .contains(
                        "orders-1-000002.csv", "orders-1-000003.csv.gz", "orders-3-000007.jsonl.gz")
                .noneMatch(name -> name.endsWith(".tmp"));
    }

    @Test
    void waitsWhileTheDirectoryIsAway() throws IOException {
        Path away = root.resolve("away");
        orders.writeUpTo(1_000);
        Files.move(directory, away);
        orders.writeUpTo(ORDERS);
        assertThat(orders.written()).isEqualTo(1_000);

        Files.move(away, directory);
        orders.writeUpTo(ORDERS);

        assertThat(orders.written()).isEqualTo(ORDERS);
        assertIsEveryOrderOnce();
    }

    private void assertIsEveryOrderOnce() {
        OrderCounts expected = new OrderCounts();
        LongStream.range(0, ORDERS).forEach(expected::add);
        WrittenFiles found = WrittenFiles.read(directory);
        assertThat(found.orders().total()).isEqualTo(ORDERS);
        assertThat(found.orders().surplusOver(expected)).isZero();
        assertThat(found.broken().total()).isEqualTo(1 + (ORDERS - 1) / Orders.BROKEN_EVERY);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
