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

import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("compat")
@Timeout(300)
class DeadLettersToFilesITCase {

    private static final int ORDERS = 500;

    @TempDir private Path deadLetters;

    @Test
    void malformedEntriesGoToFilesAndAllOthersOn() throws Exception {
        try (RedisProcess redis = RedisProcess.start(RedisServerBinary.embedded());
                RedisCommands commands = redis.connect()) {
            List<Order> expected = new ArrayList<>();
            for (long id = 0; id < ORDERS; id++) {
                expected.add(new Order(id, "ann", id));
                add(commands, "orders-" + id % 2, "*", Long.toString(id), Long.toString(id));
                if (id == 100) {
                    add(commands, "orders-0", "*", "one hundred", "1");
                }
            }
            add(commands, "orders-1", "99999999999999-7", "7", "a lot");

            assertThat(
                            ExampleJob.output(
                                    DeadLettersToFiles.goodOrders(
                                            ExampleJob.environment(),
                                            ExampleJob.connectionTo(redis),
                                            "orders",
                                            RedisStreamsStopPosition.latest(),
                                            deadLetters.toUri().toString())))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }

        assertThat(CommittedLines.in(deadLetters))
                .hasSize(2)
                .anyMatch(
                        line ->
                                line.startsWith("orders-0 ")
                                        && line.contains(
                                                "{id=one hundred, customer=ann, amount=1}"))
                .anyMatch(
                        line ->
                                line.startsWith(
                                                "orders-1 99999999999999-7"
                                                        + " {id=7, customer=ann, amount=a lot}")
                                        && line.contains("'amount'"));
    }

    private static void add(
            RedisCommands redis, String stream, String entryId, String id, String amount) {
        redis.xadd(stream, entryId, "id", id, "customer", "ann", "amount", amount);
    }
}
