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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.reader.SplitLeases.Checkpoints;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Notices when a queue delivers nothing more because all that it leases waits for a checkpoint:
 * warns once if that limits the rate, and gives up if no checkpoint ever comes. Fetcher thread.
 */
@Internal
final class BacklogWatch {

    /** The server did not say how much it leases. */
    static final int UNKNOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(BacklogWatch.class);
    private static final Duration ENDLESS = Duration.ofDays(3650);

    private final String queue;
    private final int requested;
    private final Duration stallTimeout;
    private final BooleanSupplier isFirstWarning;

    private int backlog = UNKNOWN;
    private Duration lease = ENDLESS;
    private boolean exhausted;
    private long handedOnThen;
    private long sinceNanos;
    private long checkpointsSeen;

    /**
     * @param requested how many messages were asked for
     * @param stallTimeout how long the queue may be used up without a checkpoint
     * @param isFirstWarning whether nobody has warned of this queue before
     */
    BacklogWatch(
            String queue, int requested, Duration stallTimeout, BooleanSupplier isFirstWarning) {
        this.queue = queue;
        this.requested = requested;
        this.stallTimeout = stallTimeout;
        this.isFirstWarning = isFirstWarning;
    }

    /** How many messages the server leases at a time, or {@link #UNKNOWN}. */
    void backlogIs(int messages) {
        backlog = messages;
    }

    /** For how long a message was leased, as far as the clocks agree. */
    void leasedFor(Duration time) {
        lease = time;
    }

    /**
     * Looks at how things stand.
     *
     * @param handedOn how many messages were handed on, since the beginning
     * @param emitted how many of them were emitted
     * @param acknowledged how many of them were acknowledged
     * @throws AmpsException if no checkpoint has come for too long
     */
    void look(
            long nowNanos,
            long handedOn,
            long emitted,
            long acknowledged,
            Checkpoints checkpoints) {
        boolean newCheckpoint = checkpoints.count() != checkpointsSeen;
        checkpointsSeen = checkpoints.count();
        if (newCheckpoint && exhausted && checkpoints.intervalNanos() > 0) {
            warn(Duration.ofNanos(checkpoints.intervalNanos()));
        }
        long waiting = handedOn - acknowledged;
        // A queue that does not say what it leases may just be empty, which does no harm.
        boolean now =
                waiting > 0 && emitted == handedOn && (backlog == UNKNOWN || waiting >= backlog);
        if (!now || !exhausted || newCheckpoint || handedOn != handedOnThen) {
            sinceNanos = nowNanos;
        }
        exhausted = now;
        handedOnThen = handedOn;
        if (exhausted && nowNanos - sinceNanos > stallTimeout.toNanos()) {
            throw new AmpsException(AmpsException.Kind.FATAL, stalled(waiting), null);
        }
    }

    private String stalled(long waiting) {
        return String.format(
                "Queue '%s' has leased %d messages%s; all are emitted, and none can be acknowledged"
                        + " because no checkpoint has completed for %d s ('scan.queue.stall-timeout')."
                        + " Enable checkpoints (execution.checkpointing.interval), find out why they"
                        + " fail, or raise the time-out to more than their interval.",
                queue,
                waiting,
                backlog == UNKNOWN ? "" : " and leases no more than " + backlog + " at a time",
                stallTimeout.toSeconds());
    }

    private void warn(Duration interval) {
        if (!isFirstWarning.getAsBoolean()) {
            return;
        }
        LOG.warn(
                "Queue '{}' leases {} messages at a time to each subscription ({} were asked for"
                        + " with 'scan.queue.max-backlog'). They are acknowledged when a checkpoint"
                        + " completes, which took {} ms the last time, so that a subscription reads"
                        + " at most {} messages per second. For more, raise"
                        + " MaxPerSubscriptionBacklog of the queue, take checkpoints more often, or"
                        + " use more subscriptions. Leases last {}; what is leased for longer than"
                        + " that is delivered again.",
                queue,
                backlog == UNKNOWN ? "an unknown number of" : backlog,
                requested,
                interval.toMillis(),
                rate(interval),
                lease.compareTo(ENDLESS) >= 0 ? "for ever" : "about " + lease.toMillis() + " ms");
    }

    private String rate(Duration interval) {
        return backlog == UNKNOWN
                ? "that many per " + interval.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f", backlog * 1e9 / interval.toNanos());
    }
}
