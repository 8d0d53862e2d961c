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

import org.apache.flink.annotation.PublicEvolving;

/**
 * The metrics of a reader of the record-file source, beyond those that Flink itself reports of
 * every source.
 *
 * <p>The standard ones lie directly in the metric group of the operator, under the names that Flink
 * gives them; the connector's own lie in its sub-group {@value #GROUP}. Where these count files, a
 * file that is read in several ranges counts once for each range.
 */
@PublicEvolving
public enum RecordFileMetric {
    NUM_BYTES_IN(
            "numBytesIn",
            Kind.COUNTER,
            true,
            "Bytes of files, as they are stored, that the records emitted were made of."),
    NUM_RECORDS_IN_ERRORS(
            "numRecordsInErrors",
            Kind.COUNTER,
            true,
            "Malformed records that were skipped, emitted as dead letters, or emitted with fields"
                    + " taken as null."),
    PENDING_BYTES(
            "pendingBytes",
            Kind.GAUGE,
            true,
            "Bytes of the assigned files, as they are stored, that have not been read yet."),
    CURRENT_FETCH_EVENT_TIME_LAG(
            "currentFetchEventTimeLag",
            Kind.GAUGE,
            true,
            "Milliseconds between the modification time of the file that is being emitted and the"
                    + " moment it was opened; -1 before the first file, and where the file system"
                    + " tells no time."),
    FILES_OPENED("filesOpened", Kind.COUNTER, false, "Files opened for reading."),
    FILES_FINISHED("filesFinished", Kind.COUNTER, false, "Files read to their end."),
    FILES_FAILED(
            "filesFailed", Kind.COUNTER, false, "Files that could not be read and failed the job."),
    FILES_CHANGED(
            "filesChanged",
            Kind.COUNTER,
            false,
            "Files found replaced, truncated, grown or deleted after they had been assigned."),
    FILES_SKIPPED(
            "filesSkipped",
            Kind.COUNTER,
            false,
            "Files of which the rest was left out because they had changed."),
    RETRIED_ERRORS(
            "retriedErrors",
            Kind.COUNTER,
            false,
            "Transient errors of the file system after which a file was opened again."),
    FIELDS_NULLED(
            "fieldsNulled",
            Kind.COUNTER,
            false,
            "Values that did not fit the type of their column and were taken as null.");

    /** The sub-group of the operator's metric group in which the connector's own metrics lie. */
    public static final String GROUP = "RecordFileSourceReader";

    /** Of what kind a metric is to Flink. */
    public enum Kind {
        /** A number that grows from the start of the reader. */
        COUNTER,
        /** The latest value. */
        GAUGE
    }

    private final String metricName;
    private final Kind kind;
    private final boolean standard;
    private final String description;

    RecordFileMetric(String metricName, Kind kind, boolean standard, String description) {
        this.metricName = metricName;
        this.kind = kind;
        this.standard = standard;
        this.description = description;
    }

    /** The name of the metric within its group. */
    public String metricName() {
        return metricName;
    }

    /** The name of the metric within the group of the operator. */
    public String qualifiedName() {
        return standard ? metricName : GROUP + '.' + metricName;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether Flink defines the name and the meaning, so that every source has the same. */
    public boolean isStandard() {
        return standard;
    }

    /** What is measured, as a sentence. */
    public String description() {
        return description;
    }
}
