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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ExponentialBackoffTest {

    private static ExponentialBackoff backoff(long initial, long max, double jitter) {
        return new ExponentialBackoff(Duration.ofMillis(initial), Duration.ofMillis(max), jitter);
    }

    @Test
    void doublesUpToTheCap() {
        ExponentialBackoff backoff = backoff(100, 1000, 0.5);

        assertThat(Stream.of(1, 2, 3, 4, 5, 6, 1000))
                .map(failures -> backoff.delayMillis(failures, 0.0))
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L);
    }

    @Test
    void jitterShortensByARandomShare() {
        ExponentialBackoff backoff = backoff(100, 1000, 0.5);

        assertThat(backoff.delayMillis(1, 0.5)).isEqualTo(75);
        assertThat(backoff.delayMillis(5, 0.9999)).isEqualTo(501);
    }

    @Property
    void staysBetweenOneMillisecondAndTheCap(
            @ForAll @LongRange(min = 1) long initialBits,
            @ForAll @LongRange(min = 1) long maxBits,
            @ForAll @DoubleRange(max = 1) double jitter,
            @ForAll @IntRange(min = 1) int failures,
            @ForAll @DoubleRange(max = 0.99) double random) {
        long initial = Math.min(initialBits, maxBits);
        long max = Math.max(initialBits, maxBits);

        assertThat(backoff(initial, max, jitter).delayMillis(failures, random)).isBetween(1L, max);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> backoff(0, 10, 0)).hasMessageContaining("at least one milli");
        assertThatThrownBy(() -> backoff(20, 10, 0)).hasMessageContaining("not shorter");
        assertThatThrownBy(() -> backoff(1, 10, 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> backoff(1, 10, Double.NaN)).hasMessageContaining("NaN");
    }
}
