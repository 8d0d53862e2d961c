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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The metrics of the enumerator, beyond the standard {@code unassignedSplits}. They lie directly in
 * the metric group that Flink gives to enumerators, and count from the start or restore of the job.
 */
@PublicEvolving
public enum RecordFileEnumeratorMetric {
    FILES_FOUND("filesFound", "Files that were found and are to be read, changed ones once more."),
    FILES_LATE(
            "filesLate",
            "Files that turned up too late for the discovery mode, whether they are read or not."),
    FILES_CHANGED(
            "filesChanged",
            "Files that had been found before and have another content now, whether it is read or"
                    + " not."),
    FILES_RENAMED(
            "filesRenamed",
            "Files that had been found under another name, and are not read again."),
    FILES_UNACCOUNTED(
            "filesUnaccounted",
            "Old files that have turned up while the job was not running, at least, and are not"
                    + " read."),
    LISTING_ERRORS("listingErrors", "Attempts to list the files that failed.");

    private final String metricName;
    private final String description;

    RecordFileEnumeratorMetric(String metricName, String description) {
        this.metricName = metricName;
        this.description = description;
    }

    /** The name of the counter within the enumerator's group. */
    public String metricName() {
        return metricName;
    }

    /** What is counted, as a sentence. */
    public String description() {
        return description;
    }
}
