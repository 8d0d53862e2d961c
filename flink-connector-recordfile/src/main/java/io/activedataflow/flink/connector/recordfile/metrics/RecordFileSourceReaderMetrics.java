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

package io.activedataflow.flink.connector.recordfile.metrics;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

import java.util.function.LongSupplier;

/**
 * The metrics of one reader, as {@link RecordFileMetric} lists them.
 *
 * <p>Threads: what is counted about files may be counted by any thread; {@link #batchEntered},
 * {@link #malformedRecords} and {@link #fieldsNulled} belong to the task thread, as Flink's own
 * counters are not thread-safe.
 */
@Internal
public final class RecordFileSourceReaderMetrics {

    /** What Flink's own gauges of lags show before there is anything to show. */
    private static final long UNKNOWN = -1L;

    private final SourceReaderMetricGroup standardGroup;
    private final Counter bytesIn;
    private final Counter filesOpened;
    private final Counter filesFinished;
    private final Counter filesFailed;
    private final Counter filesChanged;
    private final Counter filesSkipped;
    private final Counter retriedErrors;
    private final Counter fieldsNulled;

    private volatile long fetchEventTimeLag = UNKNOWN;

    public RecordFileSourceReaderMetrics(SourceReaderMetricGroup group) {
        standardGroup = group;
        bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
        group.gauge(
                RecordFileMetric.CURRENT_FETCH_EVENT_TIME_LAG.metricName(),
                (Gauge<Long>) () -> fetchEventTimeLag);
        MetricGroup own = group.addGroup(RecordFileMetric.GROUP);
        filesOpened = counter(own, RecordFileMetric.FILES_OPENED);
        filesFinished = counter(own, RecordFileMetric.FILES_FINISHED);
        filesFailed = counter(own, RecordFileMetric.FILES_FAILED);
        filesChanged = counter(own, RecordFileMetric.FILES_CHANGED);
        filesSkipped = counter(own, RecordFileMetric.FILES_SKIPPED);
        retriedErrors = counter(own, RecordFileMetric.RETRIED_ERRORS);
        fieldsNulled = counter(own, RecordFileMetric.FIELDS_NULLED);
    }

    private static Counter counter(MetricGroup group, RecordFileMetric metric) {
        return group.counter(metric.metricName(), new ConcurrentCounter());
    }

    /**
     * Registers the number of bytes that wait to be read. To be called once, when the reader
     * starts.
     *
     * @param bytes called by the threads of metric reporters
     */
    public void registerPendingBytes(LongSupplier bytes) {
        standardGroup.setPendingBytesGauge(bytes::getAsLong);
    }

    /** Counts malformed records that do not fail the job. Task thread only. */
    public Counter malformedRecords() {
        return standardGroup.getNumRecordsInErrorsCounter();
    }

    /** Counts values that were taken as null. Task thread only. */
    public Counter fieldsNulled() {
        return fieldsNulled;
    }

    /** Counts bytes of which the records are about to be emitted. Task thread only. */
    public void batchEntered(long bytes) {
        bytesIn.inc(bytes);
    }

    /**
     * Notes how old a file was when it was opened. Task thread only.
     *
     * @param modificationTime of the file, in milliseconds since the epoch; 0 or less if unknown
     * @param now in milliseconds since the epoch
     */
    public void fileEntered(long modificationTime, long now) {
        if (modificationTime > 0) {
            fetchEventTimeLag = now - modificationTime;
        }
    }

    public void fileOpened() {
        filesOpened.inc();
    }

    public void fileFinished() {
        filesFinished.inc();
    }

    public void fileFailed() {
        filesFailed.inc();
    }

    public void fileChanged() {
        filesChanged.inc();
    }

    public void fileSkipped() {
        filesSkipped.inc();
    }

    public void errorRetried() {
        retriedErrors.inc();
    }
}
