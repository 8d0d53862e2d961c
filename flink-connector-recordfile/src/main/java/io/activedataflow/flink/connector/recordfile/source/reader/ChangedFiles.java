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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException.Change;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;

/**
 * Decides what becomes of a split whose file is no longer the one that was found. Worker thread.
 */
@Internal
final class ChangedFiles {

    /** Tells what a path has now. */
    @FunctionalInterface
    interface Look {
        RecordFileIdentity identityOf(Path path) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ChangedFiles.class);

    private final RecordFileChangePolicy policy;
    private final boolean continuous;
    private final Look look;
    private final SplitOutcome.Board outcomes;
    private final RecordFileSourceReaderMetrics metrics;

    ChangedFiles(
            RecordFileChangePolicy policy,
            boolean continuous,
            Look look,
            SplitOutcome.Board outcomes,
            RecordFileSourceReaderMetrics metrics) {
        this.policy = policy;
        this.continuous = continuous;
        this.look = look;
        this.outcomes = outcomes;
        this.metrics = metrics;
    }

    /**
     * What a split is opened with. Where nothing of a whole file has been read, its modification
     * time does not count, so that a file that was only touched is read as it is now; unless the
     * next discovery is going to hand it out again for its new time.
     */
    RecordFileSplit asToBeOpened(RecordFileSplit split) {
        boolean handedOutAgain = continuous && policy == RecordFileChangePolicy.RESTART;
        boolean anyTime =
                split.kind() == RecordFileSplit.Kind.READ
                        && split.isUntouched()
                        && split.isWholeFile()
                        && !handedOutAgain;
        return anyTime
                ? split.at(
                        split.position(),
                        split.identity().withModificationTime(RecordFileIdentity.UNKNOWN_TIME),
                        split.malformed())
                : split;
    }

    /**
     * @return the split to read instead, from its beginning; or null to leave out the rest
     * @throws IOException if the job is to fail
     */
    @Nullable
    RecordFileSplit replacementOf(RecordFileSplit split, FileChangedException change)
            throws IOException {
        metrics.fileChanged();
        if (policy == RecordFileChangePolicy.FAIL) {
            throw new IOException(
                    change.getMessage()
                            + " Put the file back and restart from the last checkpoint, or choose"
                            + " what happens to such files: setOnFileChanged(SKIP) leaves out what"
                            + " has not been read, setOnFileChanged(RESTART) reads the new content.",
                    change);
        }
        if (policy == RecordFileChangePolicy.SKIP || change.change() == Change.DELETED) {
            metrics.fileSkipped();
            return leaveOut(split, change, "what has not been read of it is left out");
        }
        if (continuous) {
            return leaveOut(split, change, "its new content is left to the next discovery");
        }
        if (!split.isWholeFile()) {
            throw new IOException(
                    change.getMessage()
                            + " It is read in ranges, which cannot be read again from the"
                            + " beginning of the new content. Restart the job without its state,"
                            + " or choose setOnFileChanged(SKIP).",
                    change);
        }
        RecordFileIdentity identity = look.identityOf(split.path());
        LOG.warn("{} It is read again from its beginning.", change.getMessage());
        return split.restarted(identity);
    }

    private @Nullable RecordFileSplit leaveOut(
            RecordFileSplit split, FileChangedException change, String consequence) {
        outcomes.put(
                split.splitId(),
                new SplitOutcome.Skipped(change.getMessage() + " So " + consequence + '.'));
        return null;
    }
}
