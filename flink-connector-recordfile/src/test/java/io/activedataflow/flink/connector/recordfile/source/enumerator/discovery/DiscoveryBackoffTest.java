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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Waits between listings. */
@Timeout(60)
class DiscoveryBackoffTest {

    @Test
    void doublesUpToTheCapAndBeginsAnewAfterAFind() {
        DiscoveryBackoff backoff =
                new DiscoveryBackoff(
                        Duration.ofSeconds(1), FileDiscoverySettings.DEFAULT_MAX_INTERVAL);

        assertThat(backoff.delayMillis()).isEqualTo(1000);
        backoff.found(false);
        assertThat(backoff.delayMillis()).isEqualTo(2000);
        backoff.found(false);
        assertThat(backoff.delayMillis()).isEqualTo(4000);
        backoff.found(false);
        assertThat(backoff.delayMillis()).isEqualTo(5000);
        backoff.found(false);
        assertThat(backoff.delayMillis()).isEqualTo(5000);
        backoff.found(true);
        assertThat(backoff.delayMillis()).isEqualTo(1000);
    }

    @Test
    void aLongerIntervalIsKept() {
        DiscoveryBackoff backoff =
                new DiscoveryBackoff(
                        Duration.ofMinutes(1), FileDiscoverySettings.DEFAULT_MAX_INTERVAL);

        backoff.found(false);

        assertThat(backoff.delayMillis()).isEqualTo(60_000);
    }
}
