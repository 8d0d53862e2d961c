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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.client.RedisStreamsException.Kind;
import io.activedataflow.flink.connector.redis.testutils.LogLines;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RetryPolicyTest {

    private static final RedisStreamsException DOWN =
            new RedisStreamsException(Kind.RETRIABLE, "No connection.", null);
    private static final RedisStreamsException DENIED =
            new RedisStreamsException(Kind.FATAL, "NOPERM", null);

    private final ManualPause pause = new ManualPause();
    private final Counter failures = new SimpleCounter();
    private final RetryPolicy policy =
            new RetryPolicy(
                    new ExponentialBackoff(Duration.ofMillis(100), Duration.ofMillis(400), 0.0),
                    Duration.ofMillis(1000),
                    pause,
                    failures,
                    "server.example:6379");

    private static Supplier<String> outcomes(RedisStreamsException... failures) {
        Deque<RedisStreamsException> left = new ArrayDeque<>(Arrays.asList(failures));
        return () -> {
            if (left.isEmpty()) {
                return "done";
            }
            throw left.poll();
        };
    }

    @Test
    void whatPassesIsTriedAgainWithGrowingWaits() throws Exception {
        assertThat(policy.call("look", outcomes(DOWN, DOWN, DOWN))).isEqualTo("done");

        assertThat(pause.waits()).containsExactly(100L, 200L, 400L);
        assertThat(failures.getCount()).isEqualTo(3);
    }

    @Test
    void anIncidentIsOneLineWhenItBeginsAndOneWhenItEnds() throws Exception {
        try (LogLines log = LogLines.of(RetryPolicy.class)) {
            policy.call("look", outcomes(DOWN, DOWN, DOWN));

            assertThat(log.all())
                    .containsExactly(
                            "WARN Cannot look on server.example:6379; trying again for 1000 ms: No"
                                    + " connection.",
                            "INFO Could look on server.example:6379 again, after 700 ms and 3"
                                    + " failed attempts.");
        }
    }

    @Test
    void whatDoesNotPassFailsAtOnce() {
        assertThatThrownBy(() -> policy.call("look", outcomes(DENIED))).isSameAs(DENIED);

        assertThat(pause.waits()).isEmpty();
    }

    @Test
    void whatTurnsOutNotToPassFailsAtOnce() {
        assertThatThrownBy(() -> policy.call("look", outcomes(DOWN, DENIED))).isSameAs(DENIED);
    }

    @Test
    void theDeadlineEndsItWithAllThatIsKnown() {
        assertThatThrownBy(
                        () ->
                                policy.call(
                                        "look for streams",
                                        () -> {
                                            throw DOWN;
                                        }))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContaining("Could not look for streams on server.example:6379")
                .hasMessageContaining("for 1000 ms, in 5 attempts")
                .hasMessageContaining("No connection.")
                .hasMessageContaining("raise 'retry.deadline'")
                .hasCause(DOWN)
                .satisfies(e -> assertThat(((RedisStreamsException) e).isRetriable()).isFalse());

        // The last wait ends at the deadline, which is then used for one more attempt.
        assertThat(pause.waits()).containsExactly(100L, 200L, 400L, 300L);
    }

    @Test
    void theDeadlineCountsFromTheFirstFailureOfEachCall() throws Exception {
        policy.call("look", outcomes(DOWN, DOWN, DOWN));
        pause.advance(5000);

        assertThat(policy.call("look", outcomes(DOWN, DOWN, DOWN))).isEqualTo("done");
    }

    @Test
    void closingEndsTheWait() {
        pause.whileWaiting(pause::end);

        assertThatThrownBy(() -> policy.call("look", outcomes(DOWN)))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void theSystemPauseEndsFromAnotherThread() throws Exception {
        Pause system = Pause.system();
        assertThat(system.hasEndedAfter(1)).isFalse();
        Thread other = new Thread(system::end);
        other.start();

        assertThat(system.hasEndedAfter(Long.MAX_VALUE)).isTrue();
        other.join();
    }
}
