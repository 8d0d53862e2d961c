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

import org.apache.flink.annotation.Internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One incident: from the first failed attempt to the next success. Counts its attempts, spaces them
 * with exponential back-off, and says when it has lasted too long. Not thread-safe.
 */
@Internal
public final class RetryIncident {

    private final ExponentialBackoff backoff;
    private final long deadlineNanos;
    private long startNanos;
    private int attempts;

    public RetryIncident(ExponentialBackoff backoff, Duration deadline) {
        this.backoff = backoff;
        this.deadlineNanos = deadline.toNanos();
    }

    /** Whether there was a failure since the last success. */
    public boolean isOpen() {
        return attempts > 0;
    }

    public int attempts() {
        return attempts;
    }

    public Duration duration(long nowNanos) {
        return isOpen() ? Duration.ofNanos(nowNanos - startNanos) : Duration.ZERO;
    }

    /**
     * Counts a failure.
     *
     * @return how long to wait before the next attempt, in nanoseconds
     */
    public long failed(long nowNanos) {
        if (attempts == 0) {
            startNanos = nowNanos;
        }
        attempts++;
        return TimeUnit.MILLISECONDS.toNanos(
                backoff.delayMillis(attempts, ThreadLocalRandom.current().nextDouble()));
    }

    /** Whether the incident has lasted longer than it may. */
    public boolean isOverdue(long nowNanos) {
        return isOpen() && nowNanos - startNanos > deadlineNanos;
    }

    public void succeeded() {
        attempts = 0;
    }
}
