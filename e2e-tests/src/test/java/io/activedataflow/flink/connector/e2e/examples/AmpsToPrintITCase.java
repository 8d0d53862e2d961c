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

import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class AmpsToPrintITCase {

    private static final long MINUTE = 60_000_000;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void sumsByTheMinuteInWhichTheServerGotTheMessage() throws Exception {
        try (AmpsStandIn amps = AmpsStandIn.builder().clock(clock::get).start()) {
            publish(amps, 10 * MINUTE, 1, "ann", 100);
            publish(amps, 10 * MINUTE + 5, 4, "bob", 7);
            publish(amps, 11 * MINUTE - 1_000, 2, "ann", 10);
            publish(amps, 11 * MINUTE, 3, "ann", 1);

            assertThat(
                            ExampleJob.output(
                                    AmpsToPrint.spentPerMinute(
                                            ExampleJob.environment(),
                                            ExampleJob.connectionTo(amps),
                                            "orders",
                                            AmpsStopPosition.latestAtStart())))
                    .containsExactlyInAnyOrder(
                            new Order(2, "ann", 110),
                            new Order(3, "ann", 1),
                            new Order(4, "bob", 7));
        }
    }

    private void publish(AmpsStandIn amps, long micros, long id, String customer, long amount) {
        clock.set(micros);
        amps.publish(
                "orders",
                """
                {"id":%d,"customer":"%s","amount":%d}"""
                        .formatted(id, customer, amount));
    }
}
