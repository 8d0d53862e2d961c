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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.client.RedisStreamsException;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsSourceReaderMetrics;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSourceOptions;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Intact;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Lost;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Reset;
import io.activedataflow.flink.connector.redis.source.reader.PositionAudit.Verdict;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Does with lost entries and reset streams what the user's policies say. Fetcher thread only. */
@Internal
final class PositionPolicies {

    private static final Logger LOG = LoggerFactory.getLogger(PositionPolicies.class);
    private static final long WARNING_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ReaderOptions options;
    private final RedisStreamsSourceReaderMetrics metrics;

    /** The splits that wait for their stream to come back, and when that was last said. */
    private final Map<String, Long> waiting = new HashMap<>();

    PositionPolicies(ReaderOptions options, RedisStreamsSourceReaderMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
    }

    /**
     * Judges an observation and takes it up.
     *
     * @return whether the split may be read; otherwise it has to wait for its stream to come back
     * @throws RedisStreamsException if the policy says that the job is to fail
     */
    boolean accept(SplitProgress split, StreamObservation observation) {
        Verdict verdict = split.judge(observation);
        if (!(verdict instanceof Reset)) {
            waiting.remove(split.splitId());
        }
        if (verdict instanceof Intact intact) {
            split.accept(observation, intact.entriesRead());
            return true;
        }
        return verdict instanceof Lost lost
                ? onLost(split, observation, lost)
                : onReset(split, observation, (Reset) verdict);
    }

    private boolean onLost(SplitProgress split, StreamObservation observation, Lost lost) {
        String message =
                String.format(
                        "Stream '%s' (read from %s) was trimmed past the bookmark %s: %s; the first"
                                + " remaining entry is %s.",
                        split.splitId(),
                        observation.node(),
                        split.position().id(),
                        lost.describe(),
                        lost.firstRemaining() == null ? "none" : lost.firstRemaining());
        switch (options.dataLossPolicy()) {
            case FAIL ->
                    throw fatal(
                            message
                                    + " To go on with what remains, set '"
                                    + RedisStreamsSourceOptions.ON_DATA_LOSS.key()
                                    + "' to 'warn'; to keep entries until they are read, trim later or less"
                                    + " (XADD … MAXLEN, XTRIM … MINID).");
            case WARN -> {
                LOG.warn(message);
                metrics.entriesLost(Math.max(1, lost.count()));
                split.accept(observation, lost.entriesRead());
            }
        }
        return true;
    }

    private boolean onReset(SplitProgress split, StreamObservation observation, Reset reset) {
        String message =
                String.format(
                        "Stream '%s' (read from %s) was read up to %s, but %s.",
                        split.splitId(),
                        observation.node(),
                        split.position().id(),
                        reset.finding());
        return switch (options.resetPolicy()) {
            case FAIL ->
                    throw fatal(
                            message
                                    + " To read the stream as it is now from its beginning, set '"
                                    + RedisStreamsSourceOptions.ON_STREAM_RESET.key()
                                    + "' to 'earliest'; to wait until it contains the bookmark again, to"
                                    + " 'wait'; to choose a position by hand, use setPositionOverrides.");
            case EARLIEST -> {
                LOG.warn("{} It is now read from its beginning.", message);
                metrics.streamReset();
                split.rewind(observation);
                split.accept(observation, split.entriesRead());
                yield true;
            }
            case WAIT -> {
                long now = System.nanoTime();
                Long lastWarning = waiting.get(split.splitId());
                if (lastWarning == null) {
                    metrics.streamReset();
                }
                if (lastWarning == null || now - lastWarning >= WARNING_INTERVAL_NANOS) {
                    waiting.put(split.splitId(), now);
                    LOG.warn("{} Waiting until it contains the bookmark again.", message);
                }
                yield false;
            }
        };
    }

    private static RedisStreamsException fatal(String message) {
        return new RedisStreamsException(RedisStreamsException.Kind.FATAL, message, null);
    }
}
