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

package io.activedataflow.flink.connector.redis.metrics;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

import java.util.function.LongSupplier;

/**
 * The metrics of one reader, as {@link RedisStreamsMetric} lists them.
 *
 * <p>Threads: what is counted about connections, streams and commits may be counted by any thread;
 * {@link #sectionEntered} and {@link #malformedEntries} belong to the task thread, as Flink's own
 * counters are not thread-safe.
 */
@Internal
public final class RedisStreamsSourceReaderMetrics {

    /** What Flink's own gauges of lags show before there is anything to show. */
    private static final long UNKNOWN = -1L;

    private final SourceReaderMetricGroup standardGroup;
    private final Counter bytesIn;
    private final Counter reconnects;
    private final Counter redirects;
    private final Counter retriedErrors;
    private final Counter lostEntries;
    private final Counter streamResets;
    private final Counter commitsSucceeded;
    private final Counter commitsFailed;

    private volatile long fetchEventTimeLag = UNKNOWN;

    public RedisStreamsSourceReaderMetrics(SourceReaderMetricGroup group) {
        standardGroup = group;
        bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
        group.gauge(
                RedisStreamsMetric.CURRENT_FETCH_EVENT_TIME_LAG.metricName(),
                (Gauge<Long>) () -> fetchEventTimeLag);
        MetricGroup own = group.addGroup(RedisStreamsMetric.GROUP);
        reconnects = counter(own, RedisStreamsMetric.RECONNECTS);
        redirects = counter(own, RedisStreamsMetric.REDIRECTS);
        retriedErrors = counter(own, RedisStreamsMetric.RETRIED_ERRORS);
        lostEntries = counter(own, RedisStreamsMetric.LOST_ENTRIES);
        streamResets = counter(own, RedisStreamsMetric.STREAM_RESETS);
        commitsSucceeded = counter(own, RedisStreamsMetric.COMMITS_SUCCEEDED);
        commitsFailed = counter(own, RedisStreamsMetric.COMMITS_FAILED);
    }

    private static Counter counter(MetricGroup group, RedisStreamsMetric metric) {
        return group.counter(metric.metricName(), new ConcurrentCounter());
    }

    /**
     * Registers the number of entries that wait to be read. To be called once, when the reader
     * starts.
     *
     * @param entries any negative number means that it is not known, which is shown as -1 and never
     *     as 0; called by the threads of metric reporters
     */
    public void registerPendingRecords(LongSupplier entries) {
        standardGroup.setPendingRecordsGauge(() -> Math.max(UNKNOWN, entries.getAsLong()));
    }

    /** Counts malformed entries that do not fail the job. Task thread only. */
    public Counter malformedEntries() {
        return standardGroup.getNumRecordsInErrorsCounter();
    }

    /**
     * Counts the bytes of entries that are about to be emitted, and notes how late they came. Task
     * thread only.
     *
     * @param lastIdMilliseconds from the ID of the last of the entries; unsigned
     * @param fetchTimeMillis when they were fetched, in milliseconds since the epoch
     */
    public void sectionEntered(long bytes, long lastIdMilliseconds, long fetchTimeMillis) {
        bytesIn.inc(bytes);
        if (lastIdMilliseconds >= 0) {
            fetchEventTimeLag = fetchTimeMillis - lastIdMilliseconds;
        }
    }

    public void reconnected() {
        reconnects.inc();
    }

    public void redirected() {
        redirects.inc();
    }

    public void errorRetried() {
        retriedErrors.inc();
    }

    public void entriesLost(long entries) {
        lostEntries.inc(entries);
    }

    public void streamReset() {
        streamResets.inc();
    }

    public void commitSucceeded() {
        commitsSucceeded.inc();
    }

    public void commitFailed() {
        commitsFailed.inc();
    }
}
