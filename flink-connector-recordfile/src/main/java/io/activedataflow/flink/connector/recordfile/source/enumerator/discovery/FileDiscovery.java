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

import io.activedataflow.flink.connector.recordfile.MaskedText;
import io.activedataflow.flink.connector.recordfile.client.FileErrors;
import io.activedataflow.flink.connector.recordfile.client.RetryIncident;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.util.FlinkRuntimeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds files and says which of them are to be read. {@link #list} does all I/O and belongs to the
 * enumerator's worker thread; everything else to the coordinator thread.
 */
@Internal
public final class FileDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(FileDiscovery.class);

    private final FileDiscoverySettings settings;
    private final FileLister lister;
    private final DiscoveryLedger ledger;
    private final DiscoveryBackoff backoff;
    private final RetryIncident incident;
    private long listingErrors;
    private boolean hasListed;

    FileDiscovery(FileDiscoverySettings settings, FileLister lister, DiscoveryState restored) {
        this.settings = settings;
        this.lister = lister;
        this.ledger = new DiscoveryLedger(settings, restored);
        this.backoff = new DiscoveryBackoff(settings.interval(), settings.maxInterval());
        this.incident =
                new RetryIncident(settings.retries().backoff(), settings.retries().deadline());
    }

    /** As below, with at least one split. */
    public static FileDiscovery create(
            FileDiscoverySettings settings,
            @Nullable FileEnumerator.Provider plugin,
            DiscoveryState restored) {
        return create(settings, plugin, restored, 1);
    }

    /**
     * @param plugin an enumerator of Flink that lists the files, or null for the connector's own
     * @param restored {@link DiscoveryState#EMPTY} for a new job
     * @param desiredSplits how many splits the plug-in is asked for at least, if there is one
     * @throws FlinkRuntimeException if the state was written in another discovery mode
     */
    public static FileDiscovery create(
            FileDiscoverySettings settings,
            @Nullable FileEnumerator.Provider plugin,
            DiscoveryState restored,
            int desiredSplits) {
        FileLister files =
                plugin == null
                        ? new FileSystemLister(settings.selection(), settings.completeness())
                        : new PluginLister(
                                settings.selection(),
                                settings.completeness(),
                                plugin,
                                desiredSplits);
        FileLister lister = settings.contentIdentity() ? new ContentLister(files) : files;
        return new FileDiscovery(settings, lister, restored);
    }

    /** Lists once, without any retry or wait. Worker thread; one call at a time. */
    public FileListing list() throws IOException {
        return lister.list();
    }

    /**
     * Takes note of a listing. What the round has to read counts as handed out from now on.
     *
     * @param nowMillis since the epoch
     * @throws FlinkRuntimeException if a file is late or has changed and the policy is to fail
     */
    public DiscoveryRound apply(FileListing listing, long nowMillis) {
        if (incident.isOpen()) {
            LOG.info(
                    "{} can be listed again, after {} failed attempts.",
                    settings.selection(),
                    incident.attempts());
            incident.succeeded();
        }
        hasListed = true;
        DiscoveryRound round = ledger.apply(listing, nowMillis);
        failOrWarn(round);
        backoff.found(round.hasNews());
        return round;
    }

    private void failOrWarn(DiscoveryRound round) {
        boolean failsOnLate = settings.late() == RecordFileLatePolicy.FAIL;
        if (!round.changed().isEmpty()) {
            String what = "Files have changed after they were handed out: ";
            if (settings.changed() == RecordFileChangePolicy.FAIL) {
                throw new FlinkRuntimeException(
                        what
                                + describe(round.changed())
                                + ". Restore the old content, or set the change policy to RESTART"
                                + " or SKIP.");
            }
            LOG.warn(
                    "{}{}. They are {}.",
                    what,
                    describe(round.changed()),
                    settings.changed() == RecordFileChangePolicy.SKIP ? "skipped" : "read anew");
        }
        if (!round.late().isEmpty()) {
            String what = "Files turned up later than the mode '" + settings.mode() + "' allows: ";
            if (failsOnLate) {
                throw new FlinkRuntimeException(
                        what
                                + describe(round.late())
                                + ". Raise the tolerance of the discovery mode, or set the late"
                                + " policy to READ or IGNORE.");
            }
            LOG.warn("{}{}. Policy: {}.", what, describe(round.late()), settings.late());
        }
        if (round.unaccounted() > 0) {
            String what =
                    "At least "
                            + round.unaccounted()
                            + " files have turned up since the checkpoint that are older than the"
                            + " mode '"
                            + settings.mode()
                            + "' remembers. They cannot be told from files that were read, and are"
                            + " not read.";
            if (failsOnLate) {
                throw new FlinkRuntimeException(
                        what
                                + " Give them a newer modification time or a greater name, whatever"
                                + " the mode goes by, or set the late policy to READ or IGNORE.");
            }
            LOG.warn(what);
        }
    }

    /** How many there are, and the first of them. */
    private static String describe(List<ListedFile> files) {
        ListedFile first = files.get(0);
        return files.size()
                + ", such as "
                + MaskedText.of(first.path().toString())
                + " (now "
                + first.size()
                + " bytes, modified at "
                + first.modificationTime()
                + ')';
    }

    /**
     * Takes note of a listing that has failed.
     *
     * @param nanoTime as {@link System#nanoTime}
     * @return how long to wait before the next attempt, in milliseconds
     * @throws FlinkRuntimeException if trying again is of no use, or has been for too long
     */
    public long failed(Throwable error, long nanoTime) {
        listingErrors++;
        if (!isWorthRetrying(error)) {
            throw new FlinkRuntimeException(
                    "Cannot list files: "
                            + error.getMessage()
                            + (FileErrors.isDeniedBelow(error)
                                    ? ". Let the user or role that the job manager runs as list"
                                            + " this directory."
                                    : ""),
                    error);
        }
        Duration deadline = settings.retries().deadline();
        boolean first = !incident.isOpen();
        long delayNanos = incident.failed(nanoTime);
        if (incident.isOverdue(nanoTime)) {
            throw new FlinkRuntimeException(
                    "Files could not be listed for "
                            + incident.duration(nanoTime).toMillis()
                            + " ms, in "
                            + incident.attempts()
                            + " attempts. Last error: "
                            + error.getMessage()
                            + " See to the file system, or raise the deadline of "
                            + deadline
                            + '.',
                    error);
        }
        if (first) {
            LOG.warn(
                    "Cannot list {}; trying again for {} ms: {}",
                    settings.selection(),
                    deadline.toMillis(),
                    MaskedText.of(error.toString()));
        }
        long leftNanos = deadline.minus(incident.duration(nanoTime)).toNanos();
        return Math.max(1L, TimeUnit.NANOSECONDS.toMillis(Math.min(delayNanos, leftNanos)));
    }

    private boolean isWorthRetrying(Throwable error) {
        if (error instanceof UnusableRootException) {
            // One that was there is more likely to come back than one that never was.
            return hasListed;
        }
        return error instanceof IOException && !FileErrors.isDeniedBelow(error);
    }

    /** How long to wait between the last listing and the next one, in milliseconds. */
    public long delayMillis() {
        return backoff.delayMillis();
    }

    /** How many listings have failed so far, since the start or restore. */
    public long listingErrors() {
        return listingErrors;
    }

    /** What has to be in a checkpoint. */
    public DiscoveryState snapshot() {
        return ledger.snapshot();
    }
}
