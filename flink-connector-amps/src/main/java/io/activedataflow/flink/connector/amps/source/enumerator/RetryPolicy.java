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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Does what may fail in passing again, with growing waits, until it succeeds, fails for good or the
 * deadline has passed. Worker thread.
 */
@Internal
final class RetryPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    private final ExponentialBackoff backoff;
    private final Duration deadline;
    private final Pause pause;
    private final Counter failures;
    private final String servers;

    /**
     * @param servers what is being asked, for messages
     * @param failures counts each failed attempt that is followed by another
     */
    RetryPolicy(
            ExponentialBackoff backoff,
            Duration deadline,
            Pause pause,
            Counter failures,
            String servers) {
        this.backoff = backoff;
        this.deadline = deadline;
        this.pause = pause;
        this.failures = failures;
        this.servers = servers;
    }

    /**
     * Returns the result of the first attempt that succeeds.
     *
     * @param what what is attempted, to go into "Cannot … on …"
     * @throws AmpsException if an attempt fails for good or the deadline has passed
     * @throws CancellationException if the pause was ended
     */
    <T> T call(String what, Supplier<T> attempt) throws InterruptedException {
        long firstFailure = 0L;
        for (int failed = 0; ; ) {
            try {
                T result = attempt.get();
                if (failed > 0) {
                    LOG.info(
                            "Could {} on {} again, after {} ms and {} failed attempts.",
                            what,
                            servers,
                            millisSince(firstFailure),
                            failed);
                }
                return result;
            } catch (AmpsException e) {
                if (!e.isRetriable()) {
                    throw e;
                }
                if (failed++ == 0) {
                    firstFailure = pause.nanoTime();
                    LOG.warn(
                            "Cannot {} on {}; trying again for {} ms: {}",
                            what,
                            servers,
                            deadline.toMillis(),
                            e.getMessage());
                }
                failures.inc();
                waitOrGiveUp(what, failed, deadline.toMillis() - millisSince(firstFailure), e);
            }
        }
    }

    private void waitOrGiveUp(String what, int failed, long millisLeft, AmpsException cause)
            throws InterruptedException {
        if (millisLeft <= 0) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    "Could not "
                            + what
                            + " on "
                            + servers
                            + " for "
                            + deadline.toMillis()
                            + " ms, in "
                            + failed
                            + " attempts. Last error: "
                            + cause.getMessage()
                            + " See to the server, or raise 'retry.deadline'.",
                    cause);
        }
        long delay = backoff.delayMillis(failed, ThreadLocalRandom.current().nextDouble());
        if (pause.hasEndedAfter(Math.min(delay, millisLeft))) {
            throw new CancellationException("The source is being closed.");
        }
    }

    private long millisSince(long nanoTime) {
        return Duration.ofNanos(pause.nanoTime() - nanoTime).toMillis();
    }
}
