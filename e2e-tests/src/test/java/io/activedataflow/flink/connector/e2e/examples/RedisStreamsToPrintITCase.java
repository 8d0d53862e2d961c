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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class RedisStreamsToPrintITCase {

    private static final long MINUTE = 60_000;

    @Test
    void sumsByTheMinuteOfTheEntry() throws Exception {
        try (RedisProcess redis = RedisProcess.start(RedisServerBinary.embedded());
                RedisCommands commands = redis.connect()) {
            add(commands, "orders-0", 10 * MINUTE, 1, "ann", 100);
            add(commands, "orders-0", 11 * MINUTE - 1, 2, "ann", 10);
            add(commands, "orders-0", 11 * MINUTE, 3, "ann", 1);
            add(commands, "orders-1", 10 * MINUTE + 5, 4, "bob", 7);

            assertThat(
                            ExampleJob.output(
                                    RedisStreamsToPrint.spentPerMinute(
                                            ExampleJob.environment(),
                                            ExampleJob.connectionTo(redis),
                                            "orders",
                                            RedisStreamsStopPosition.latest())))
                    .containsExactlyInAnyOrder(
                            new Order(2, "ann", 110),
                            new Order(3, "ann", 1),
                            new Order(4, "bob", 7));
        }
    }

    private static void add(
            RedisCommands redis,
            String stream,
            long millis,
            long id,
            String customer,
            long amount) {
        redis.xadd(stream, millis + "-0", "id", id, "customer", customer, "amount", amount);
    }
}
