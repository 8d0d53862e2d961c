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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the job has committed to its output directory.
 *
 * @param orders the orders in it
 * @param miscounted how many of them carry a count that is not theirs
 */
record CommittedOrders(OrderCounts orders, long miscounted) {

    /** Reads all committed files; what is hidden is not committed. */
    static CommittedOrders read(Path directory) throws IOException {
        OrderCounts orders = new OrderCounts();
        long miscounted = 0;
        for (Path file : committedFiles(directory)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    CountedOrder order = CountedOrder.parse(line);
                    orders.add(order.order());
                    miscounted += order.isCountedRight() ? 0 : 1;
                }
            }
        }
        return new CommittedOrders(orders, miscounted);
    }

    static List<Path> committedFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
        }
    }
}
