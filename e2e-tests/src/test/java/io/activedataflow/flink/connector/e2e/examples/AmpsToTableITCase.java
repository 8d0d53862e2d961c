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

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class AmpsToTableITCase {

    private final Map<Object, String> table = new TreeMap<>();

    @Test
    void theTableIsTheStateOfTheWorld() throws Exception {
        try (AmpsStandIn amps =
                AmpsStandIn.builder().sow(SowTopic.keyed("orders", "/id")).start()) {
            publish(amps, 1, "ann", 100);
            publish(amps, 2, "bob", 7);
            StreamExecutionEnvironment env = ExampleJob.environment();
            StreamTableEnvironment tables = StreamTableEnvironment.create(env);
            try (CloseableIterator<Row> changes =
                    AmpsToTable.orders(env, tables, ExampleJob.connectionTo(amps), "orders")
                            .execute()
                            .collect()) {
                takeUntil(changes, "1 ann 100", "2 bob 7");
                publish(amps, 1, "ann", 150);
                publish(amps, 3, "eve", 1);
                takeUntil(changes, "1 ann 150", "2 bob 7", "3 eve 1");
                amps.sow().delete("orders", keyOf(amps, "bob"));
                takeUntil(changes, "1 ann 150", "3 eve 1");
                amps.refuseConnections(true);
                amps.faults().dropConnections();
                amps.sow().delete("orders", keyOf(amps, "eve"));
                publish(amps, 4, "kim", 9);
                amps.refuseConnections(false);
                takeUntil(changes, "1 ann 150", "4 kim 9");
            }
        }
    }

    private void takeUntil(CloseableIterator<Row> changes, String... rows) {
        while (!table.values().stream().sorted().toList().equals(List.of(rows))) {
            assertThat(changes.hasNext()).isTrue();
            Row change = changes.next();
            if (change.getKind() == RowKind.DELETE) {
                table.remove(change.getField(0));
            } else if (change.getKind() != RowKind.UPDATE_BEFORE) {
                table.put(
                        change.getField(0),
                        change.getField(1) + " " + change.getField(2) + ' ' + change.getField(3));
            }
        }
    }

    private static String keyOf(AmpsStandIn amps, String customer) {
        return amps.sow().contents("orders").entrySet().stream()
                .filter(record -> record.getValue().contains(customer))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static void publish(AmpsStandIn amps, long id, String customer, long amount) {
        amps.publish(
                "orders",
                """
                {"id":%d,"customer":"%s","amount":%d}"""
                        .formatted(id, customer, amount));
    }
}
