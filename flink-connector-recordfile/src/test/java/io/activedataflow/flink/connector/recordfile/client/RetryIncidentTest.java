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

package io.activedataflow.flink.connector.recordfile.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The clock of these tests is a number, and may well be negative. */
@Timeout(60)
class RetryIncidentTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - SECOND;

    private final RetryIncident incident =
            new RetryIncident(
                    new ExponentialBackoff(Duration.ofMillis(100), Duration.ofMillis(400), 0.0),
                    Duration.ofSeconds(10));

    @Test
    void beginsWithTheFirstFailure() {
        assertThat(incident.isOpen()).isFalse();
        assertThat(incident.attempts()).isZero();
        assertThat(incident.duration(START)).isZero();
        assertThat(incident.isOverdue(START)).isFalse();
        incident.failed(START);

        assertThat(incident.isOpen()).isTrue();
        assertThat(incident.attempts()).isEqualTo(1);
    }

    @Test
    void pausesGrowWithEachFailure() {
        assertThat(incident.failed(START)).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(incident.failed(START)).isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(incident.failed(START)).isEqualTo(Duration.ofMillis(400).toNanos());
        assertThat(incident.failed(START)).isEqualTo(Duration.ofMillis(400).toNanos());
    }

    @Test
    void isOverdueAfterTheDeadlineAlsoWhereTheClockWrapsAround() {
        incident.failed(START);
        incident.failed(START + 9 * SECOND);
        assertThat(incident.isOverdue(START + 10 * SECOND)).isFalse();
        assertThat(incident.isOverdue(START + 10 * SECOND + 1)).isTrue();
        assertThat(incident.duration(START + 10 * SECOND)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aSuccessEndsItAndTheNextOneStartsAnew() {
        incident.failed(START);
        incident.failed(START);
        incident.succeeded();
        assertThat(incident.isOpen()).isFalse();
        assertThat(incident.isOverdue(START + 11 * SECOND)).isFalse();

        assertThat(incident.failed(START + 11 * SECOND))
                .isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(incident.isOverdue(START + 12 * SECOND)).isFalse();
    }
}
