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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How to look for files.
 *
 * @param bounded whether there are only so many looks as it takes to find what there is
 * @param contentIdentity whether files are recognised by their content, so that one that is renamed
 *     is not read again; costs opening every new file once on the job manager
 * @param maxFilesPerRound at least 1
 * @param maxBytesPerRound at least 1; a single file may have more
 * @param interval between two listings as long as files are found, at least a millisecond
 * @param maxInterval what the interval grows to when none are found
 * @param retries how often, and for how long, listings may fail in a row before the job does
 */
@Internal
public record FileDiscoverySettings(
        boolean bounded,
        RecordFileSelection selection,
        RecordFileDiscoveryMode mode,
        RecordFileOrder order,
        RecordFileCompleteness completeness,
        RecordFileLatePolicy late,
        RecordFileChangePolicy changed,
        boolean contentIdentity,
        int maxFilesPerRound,
        long maxBytesPerRound,
        Duration interval,
        Duration maxInterval,
        FileRetrySettings retries)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The longest interval between two listings, if the one to start from is not longer. */
    public static final Duration DEFAULT_MAX_INTERVAL = Duration.ofSeconds(5);

    public FileDiscoverySettings {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(completeness, "completeness");
        Objects.requireNonNull(late, "late");
        Objects.requireNonNull(changed, "changed");
        Objects.requireNonNull(retries, "retries");
        if (maxFilesPerRound < 1 || maxBytesPerRound < 1) {
            throw new IllegalArgumentException(
                    "A round of discovery cannot be limited to "
                            + maxFilesPerRound
                            + " files and "
                            + maxBytesPerRound
                            + " bytes. Give at least 1 of each.");
        }
    }

    /** The defaults of everything. */
    public static FileDiscoverySettings of(RecordFileSelection selection) {
        return new FileDiscoverySettings(
                true,
                selection,
                RecordFileDiscoveryMode.watermark(),
                RecordFileOrder.MODIFICATION_TIME,
                RecordFileCompleteness.atOnce(),
                RecordFileLatePolicy.READ,
                RecordFileChangePolicy.FAIL,
                false,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Duration.ofMillis(500),
                DEFAULT_MAX_INTERVAL,
                FileRetrySettings.DEFAULT);
    }
}
