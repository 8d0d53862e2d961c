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

import io.activedataflow.flink.connector.recordfile.MaskedText;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryRound;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscovery;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileListing;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks for files, round after round: waits and lists on the worker thread, everything else happens
 * on the coordinator thread. A listing with more files than a round takes is used for several
 * rounds, as long as it is fresh.
 */
@Internal
final class DiscoveryLoop {

    /** How old a listing may be when it is used once more. */
    static final Duration FRESH = Duration.ofMinutes(1);

    private static final int FILES_NAMED = 5;

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryLoop.class);

    private final SplitEnumeratorContext<RecordFileSplit> context;
    private final RecordFileEnumeratorSettings settings;
    private final FileDiscovery discovery;
    private final Pause pause;
    private final BooleanSupplier hasRoom;
    private final Consumer<DiscoveryRound> onRound;
    private final RecordFileEnumeratorMetrics metrics;

    private @Nullable TimedListing left;
    private long startNanos;
    private long listings;
    private boolean waitsForRoom;
    private boolean allFound;
    private boolean closed;

    /**
     * @param millis when the listing was begun, since the epoch
     * @param nanos the same, as the clock of waits has it
     */
    private record TimedListing(FileListing listing, long millis, long nanos) {}

    /**
     * @param allFound whether there is nothing to look for any more
     * @param hasRoom whether more splits may be made
     * @param onRound takes what has been found; {@link #allFound} is up to date by then
     */
    DiscoveryLoop(
            SplitEnumeratorContext<RecordFileSplit> context,
            RecordFileEnumeratorSettings settings,
            FileDiscovery discovery,
            Pause pause,
            boolean allFound,
            BooleanSupplier hasRoom,
            Consumer<DiscoveryRound> onRound,
            RecordFileEnumeratorMetrics metrics) {
        this.context = context;
        this.settings = settings;
        this.discovery = discovery;
        this.pause = pause;
        this.allFound = allFound;
        this.hasRoom = hasRoom;
        this.onRound = onRound;
        this.metrics = metrics;
    }

    void start() {
        startNanos = pause.nanoTime();
        if (!allFound) {
            next(0);
        }
    }

    /** Whether all files of a bounded source have been found. */
    boolean allFound() {
        return allFound;
    }

    /** Whether at least one round is over. */
    boolean hasListed() {
        return listings > 0;
    }

    /** Splits have been handed out, so that there may be room for more. */
    void roomMade() {
        if (waitsForRoom && hasRoom.getAsBoolean()) {
            waitsForRoom = false;
            list(0);
        }
    }

    void close() {
        closed = true;
        pause.end();
    }

    private void next(long delayMillis) {
        if (hasRoom.getAsBoolean()) {
            list(delayMillis);
        } else {
            waitsForRoom = true;
        }
    }

    private void list(long delayMillis) {
        // Not more than one listing at a time is held: it may be a large part of the heap.
        TimedListing usable = isFresh(left, delayMillis) ? left : null;
        left = null;
        context.callAsync(
                () -> {
                    if (delayMillis > 0 && pause.hasEndedAfter(delayMillis)) {
                        return null;
                    }
                    return isFresh(usable, 0) ? usable : list();
                },
                (listing, error) -> onListing(listing, error, usable));
    }

    private boolean isFresh(@Nullable TimedListing listing, long delayMillis) {
        return listing != null
                && pause.nanoTime() - listing.nanos
                        <= FRESH.toNanos() - TimeUnit.MILLISECONDS.toNanos(delayMillis);
    }

    private TimedListing list() throws IOException {
        long nanos = pause.nanoTime();
        long millis = System.currentTimeMillis();
        return new TimedListing(discovery.list(), millis, nanos);
    }

    private void onListing(
            @Nullable TimedListing listing,
            @Nullable Throwable error,
            @Nullable TimedListing before) {
        if (closed) {
            return;
        }
        if (error != null) {
            metrics.listingFailed();
            list(discovery.failed(error, pause.nanoTime()));
        } else if (listing != null) {
            // What is looked at once more has not been the same twice.
            listings += listing == before ? 0 : 1;
            onListing(listing);
        }
    }

    private void onListing(TimedListing listing) {
        DiscoveryRound round = discovery.apply(listing.listing, listing.millis);
        left = round.overLimit() > 0 ? listing : null;
        allFound = settings.bounded() && round.overLimit() == 0 && isSettled(round);
        onRound.accept(round);
        if (!allFound) {
            next(settings.bounded() && round.overLimit() > 0 ? 0 : discovery.delayMillis());
        }
    }

    /** Whether a bounded source has given every file the time to become complete. */
    private boolean isSettled(DiscoveryRound round) {
        if (round.incomplete().isEmpty()) {
            return true;
        }
        RecordFileCompleteness completeness = settings.discovery().completeness();
        long nanos = pause.nanoTime() - startNanos;
        boolean settled =
                listings > completeness.stableListings()
                        && nanos > completeness.minimumAge().toNanos();
        if (settled) {
            LOG.warn(
                    "{} files are not complete ({}), and since the source is bounded, it does not"
                            + " wait for them any longer. They are not read: {}. Run the job again"
                            + " when they are complete, or ask for less with setCompleteness.",
                    round.incomplete().size(),
                    completeness,
                    firstOf(round.incomplete()));
        }
        return settled;
    }

    private static String firstOf(List<ListedFile> files) {
        String names =
                files.stream()
                        .limit(FILES_NAMED)
                        .map(file -> MaskedText.of(file.path().toString()))
                        .collect(Collectors.joining(", "));
        return files.size() > FILES_NAMED ? names + ", ..." : names;
    }
}
