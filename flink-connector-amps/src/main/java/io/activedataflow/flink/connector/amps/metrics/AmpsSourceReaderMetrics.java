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

package io.activedataflow.flink.connector.amps.metrics;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

import java.util.function.LongSupplier;

/**
 * The metrics of one reader, as {@link AmpsMetric} lists them.
 *
 * <p>Threads: what is counted about connections, servers and splits may be counted by any thread;
 * {@link #bytesIn} and {@link #malformedMessages} belong to the task thread, as Flink's own
 * counters are not thread-safe.
 */
@Internal
public final class AmpsSourceReaderMetrics {

    /** What Flink's own gauges of lags show before there is anything to show. */
    private static final long UNKNOWN = -1L;

    private static final long NO_TIMESTAMP = Long.MIN_VALUE;

    private final SourceReaderMetricGroup standardGroup;
    private final LongSupplier clockMillis;
    private final Counter bytesIn;
    private final Counter reconnects;
    private final Counter failovers;
    private final Counter retriedErrors;
    private final Counter duplicatesDropped;
    private final Counter lastChanceMessages;
    private final Counter dataLosses;
    private final Counter snapshots;
    private final Counter missingRecords;
    private final Counter queueAcknowledged;
    private final Counter queueRedelivered;

    private volatile long fetchEventTimeLag = UNKNOWN;
    private volatile long lastTimestampMillis = NO_TIMESTAMP;

    /**
     * @param queueUnacknowledged how many messages of queues are not acknowledged yet; called by
     *     any thread
     */
    public AmpsSourceReaderMetrics(
            SourceReaderMetricGroup group, LongSupplier queueUnacknowledged) {
        this(group, queueUnacknowledged, System::currentTimeMillis);
    }

    AmpsSourceReaderMetrics(
            SourceReaderMetricGroup group,
            LongSupplier queueUnacknowledged,
            LongSupplier clockMillis) {
        this.standardGroup = group;
        this.clockMillis = clockMillis;
        bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
        group.gauge(
                AmpsMetric.CURRENT_FETCH_EVENT_TIME_LAG.metricName(),
                (Gauge<Long>) () -> fetchEventTimeLag);
        MetricGroup own = group.addGroup(AmpsMetric.GROUP);
        own.gauge(
                AmpsMetric.SERVER_TIMESTAMP_LAG.metricName(),
                (Gauge<Long>) this::serverTimestampLag);
        reconnects = counter(own, AmpsMetric.RECONNECTS);
        failovers = counter(own, AmpsMetric.FAILOVERS);
        retriedErrors = counter(own, AmpsMetric.RETRIED_ERRORS);
        duplicatesDropped = counter(own, AmpsMetric.DUPLICATES_DROPPED);
        lastChanceMessages = counter(own, AmpsMetric.LAST_CHANCE_MESSAGES);
        dataLosses = counter(own, AmpsMetric.DATA_LOSSES);
        snapshots = counter(own, AmpsMetric.SNAPSHOTS);
        missingRecords = counter(own, AmpsMetric.MISSING_RECORDS);
        own.gauge(
                AmpsMetric.QUEUE_UNACKNOWLEDGED.metricName(),
                (Gauge<Long>) queueUnacknowledged::getAsLong);
        queueAcknowledged = counter(own, AmpsMetric.QUEUE_ACKNOWLEDGED);
        queueRedelivered = counter(own, AmpsMetric.QUEUE_REDELIVERED);
    }

    private static Counter counter(MetricGroup group, AmpsMetric metric) {
        return group.counter(metric.metricName(), new ConcurrentCounter());
    }

    private long serverTimestampLag() {
        long last = lastTimestampMillis;
        // The clocks of two machines differ; a negative lag would look like an unknown one.
        return last == NO_TIMESTAMP ? UNKNOWN : Math.max(0L, clockMillis.getAsLong() - last);
    }

    /** Counts malformed messages that do not fail the job. Task thread only. */
    public Counter malformedMessages() {
        return standardGroup.getNumRecordsInErrorsCounter();
    }

    /** Counts the bytes of bodies that are about to be emitted. Task thread only. */
    public void bytesIn(long bytes) {
        bytesIn.inc(bytes);
    }

    /**
     * Notes how late a batch of messages has come, as it is handed on.
     *
     * @param lastTimestampMicros when the server processed the last of them, in microseconds since
     *     the epoch; {@link Long#MIN_VALUE} if that is not known, which leaves the lags alone
     * @param fetchTimeMillis when they were fetched, in milliseconds since the epoch
     */
    public void fetched(long lastTimestampMicros, long fetchTimeMillis) {
        if (lastTimestampMicros != NO_TIMESTAMP) {
            long millis = Math.floorDiv(lastTimestampMicros, 1000L);
            lastTimestampMillis = millis;
            fetchEventTimeLag = Math.max(0L, fetchTimeMillis - millis);
        }
    }

    public void reconnected() {
        reconnects.inc();
    }

    public void failedOver() {
        failovers.inc();
    }

    public void errorRetried() {
        retriedErrors.inc();
    }

    public void duplicatesDropped(long messages) {
        duplicatesDropped.inc(messages);
    }

    public void lastChance() {
        lastChanceMessages.inc();
    }

    public void dataLoss() {
        dataLosses.inc();
    }

    public void snapshotTaken() {
        snapshots.inc();
    }

    public void missingTold(long records) {
        missingRecords.inc(records);
    }

    public void acknowledged(long messages) {
        queueAcknowledged.inc(messages);
    }

    public void redelivered(long messages) {
        queueRedelivered.inc(messages);
    }
}
