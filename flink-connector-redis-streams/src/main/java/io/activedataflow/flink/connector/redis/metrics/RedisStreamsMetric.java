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

import org.apache.flink.annotation.PublicEvolving;

/**
 * The metrics of a reader of the Redis Streams source, beyond those that Flink itself reports of
 * every source.
 *
 * <p>The standard ones lie directly in the metric group of the operator, under the names that Flink
 * gives them; the connector's own lie in its sub-group {@value #GROUP}.
 */
@PublicEvolving
public enum RedisStreamsMetric {
    NUM_BYTES_IN(
            "numBytesIn",
            Kind.COUNTER,
            true,
            "Bytes of the entries read: names, values and the protocol between them."),
    NUM_RECORDS_IN_ERRORS(
            "numRecordsInErrors",
            Kind.COUNTER,
            true,
            "Malformed entries that were skipped or emitted as dead letters."),
    PENDING_RECORDS(
            "pendingRecords",
            Kind.GAUGE,
            true,
            "Entries that were added to the assigned streams and have not been read yet; -1 while"
                    + " that is not known, as always before Redis 7.0."),
    CURRENT_FETCH_EVENT_TIME_LAG(
            "currentFetchEventTimeLag",
            Kind.GAUGE,
            true,
            "Milliseconds between the time in the ID of the last entry of the batch that is being"
                    + " emitted and the moment it was fetched; -1 before the first entry."),
    RECONNECTS(
            "reconnects",
            Kind.COUNTER,
            false,
            "Connections for reading that were opened in place of a lost one."),
    REDIRECTS(
            "redirects",
            Kind.COUNTER,
            false,
            "Reads that a cluster node has answered with MOVED or ASK."),
    RETRIED_ERRORS(
            "retriedErrors",
            Kind.COUNTER,
            false,
            "Transient errors after which a request was repeated, such as LOADING, MASTERDOWN,"
                    + " CLUSTERDOWN, TRYAGAIN or a lost connection."),
    LOST_ENTRIES(
            "lostEntries",
            Kind.COUNTER,
            false,
            "Entries that were trimmed from a stream before they were read; the bound from the log"
                    + " where the exact number cannot be known."),
    STREAM_RESETS(
            "streamResets",
            Kind.COUNTER,
            false,
            "Streams found deleted, created anew, or rolled back behind the position reached."),
    COMMITS_SUCCEEDED(
            "commitsSucceeded",
            Kind.COUNTER,
            false,
            "Group cursors moved to the position of a completed checkpoint."),
    COMMITS_FAILED(
            "commitsFailed",
            Kind.COUNTER,
            false,
            "Group cursors that could not be moved; the job goes on, and so does the next"
                    + " checkpoint's attempt.");

    /** The sub-group of the operator's metric group in which the connector's own metrics lie. */
    public static final String GROUP = "RedisStreamsSourceReader";

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

    RedisStreamsMetric(String metricName, Kind kind, boolean standard, String description) {
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
