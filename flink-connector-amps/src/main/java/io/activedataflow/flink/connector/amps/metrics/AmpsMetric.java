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

import org.apache.flink.annotation.PublicEvolving;

/**
 * The metrics of a reader of the AMPS source, beyond those that Flink itself reports of every
 * source. There is no {@code pendingRecords}: AMPS does not tell how much of its log is left.
 *
 * <p>The standard ones lie directly in the metric group of the operator, under the names that Flink
 * gives them; the connector's own lie in its sub-group {@value #GROUP}.
 */
@PublicEvolving
public enum AmpsMetric {
    NUM_BYTES_IN("numBytesIn", Kind.COUNTER, true, "Bytes of the bodies of the messages read."),
    NUM_RECORDS_IN_ERRORS(
            "numRecordsInErrors",
            Kind.COUNTER,
            true,
            "Malformed messages that were skipped or emitted as dead letters."),
    CURRENT_FETCH_EVENT_TIME_LAG(
            "currentFetchEventTimeLag",
            Kind.GAUGE,
            true,
            "Milliseconds between the moment the server processed the last message of the batch"
                    + " that is being emitted and the moment it was fetched; -1 while that is not"
                    + " known, as always without server timestamps."),
    SERVER_TIMESTAMP_LAG(
            "serverTimestampLag",
            Kind.GAUGE,
            false,
            "Milliseconds since the server processed the last message of the batch that was fetched"
                    + " last; grows while nothing arrives; -1 while that is not known, as always"
                    + " without server timestamps."),
    RECONNECTS(
            "reconnects",
            Kind.COUNTER,
            false,
            "Connections that were opened in place of lost ones."),
    FAILOVERS(
            "failovers",
            Kind.COUNTER,
            false,
            "Splits that were resumed on another server than the one they were read from before."),
    RETRIED_ERRORS(
            "retriedErrors",
            Kind.COUNTER,
            false,
            "Transient errors after which an attempt was repeated, such as a lost or refused"
                    + " connection or a time-out."),
    DUPLICATES_DROPPED(
            "duplicatesDropped",
            Kind.COUNTER,
            false,
            "Messages that a server has sent again and that were emitted before, as after every"
                    + " failover and when a query is sent again."),
    LAST_CHANCE_MESSAGES(
            "lastChanceMessages",
            Kind.COUNTER,
            false,
            "Messages from a server that belonged to no subscription or could not be taken."),
    DATA_LOSSES(
            "dataLosses",
            Kind.COUNTER,
            false,
            "Times that the position of a split was found gone from the log and the data-loss"
                    + " policy was applied."),
    SNAPSHOTS(
            "snapshots",
            Kind.COUNTER,
            false,
            "Queries of the state of the world that were answered to the end."),
    MISSING_RECORDS(
            "missingRecords",
            Kind.COUNTER,
            false,
            "Records that had gone while the source was not connected, found by their tracked"
                    + " keys."),
    QUEUE_UNACKNOWLEDGED(
            "queueUnacknowledged",
            Kind.GAUGE,
            false,
            "Messages of queues that were emitted and that the server has not acknowledged yet; 0"
                    + " with other kinds of subscription."),
    QUEUE_ACKNOWLEDGED(
            "queueAcknowledged",
            Kind.COUNTER,
            false,
            "Messages of queues that were acknowledged after a checkpoint had completed."),
    QUEUE_REDELIVERED(
            "queueRedelivered",
            Kind.COUNTER,
            false,
            "Messages that a queue has delivered again and that were recognised and dropped.");

    /** The sub-group of the operator's metric group in which the connector's own metrics lie. */
    public static final String GROUP = "AmpsSourceReader";

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

    AmpsMetric(String metricName, Kind kind, boolean standard, String description) {
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
