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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileErrorLimit;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.file.src.reader.BulkFormat;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is missing in the description of a source, or does not go together. */
@Internal
final class SourceProblems {

    private final List<String> problems = new ArrayList<>();

    void requireGiven(boolean given, String problem) {
        if (!given) {
            problems.add(problem);
        }
    }

    void checkDurations(GivenOptions options) {
        requireNotShorter(
                options,
                RecordFileSourceOptions.RETRY_MAX_BACKOFF,
                RecordFileSourceOptions.RETRY_INITIAL_BACKOFF);
        if (!options.contains(RecordFileSourceOptions.DISCOVERY_MAX_INTERVAL)) {
            return;
        }
        if (options.contains(RecordFileSourceOptions.DISCOVERY_INTERVAL)) {
            requireNotShorter(
                    options,
                    RecordFileSourceOptions.DISCOVERY_MAX_INTERVAL,
                    RecordFileSourceOptions.DISCOVERY_INTERVAL);
        } else {
            problems.add(
                    "'"
                            + RecordFileSourceOptions.DISCOVERY_MAX_INTERVAL.key()
                            + "' is of no use in a bounded source: call setContinuous, or leave it"
                            + " out.");
        }
    }

    private void requireNotShorter(
            GivenOptions options, ConfigOption<Duration> longer, ConfigOption<Duration> shorter) {
        if (options.get(longer).compareTo(options.get(shorter)) < 0) {
            problems.add(
                    "'"
                            + longer.key()
                            + "' ("
                            + options.get(longer)
                            + ") is shorter than '"
                            + shorter.key()
                            + "' ("
                            + options.get(shorter)
                            + ").");
        }
    }

    /** What is selected, but could never be read, or not as it is said. */
    void checkSelection(RecordFileSelection selection, RecordFileCompleteness completeness) {
        Duration oldest = selection.maximumAge();
        if (oldest != null && oldest.compareTo(completeness.minimumAge()) <= 0) {
            problems.add(
                    "Files are complete at an age of "
                            + completeness.minimumAge()
                            + ", and selected to an age of "
                            + oldest
                            + ", so none is ever read: raise setMaximumAge, or lower"
                            + " withMinimumAge.");
        }
    }

    /** For a late policy that was given. */
    void checkLatePolicy(RecordFileDiscoveryMode mode) {
        if (mode instanceof RecordFileDiscoveryMode.Full) {
            problems.add(
                    "'"
                            + RecordFileSourceOptions.ON_LATE_FILE.key()
                            + "' is of no use in the discovery mode full(), in which no file is"
                            + " late: leave it out.");
        }
    }

    /** Who reads what. */
    void checkDistribution(
            RecordFileDistribution distribution,
            @Nullable RecordFileSelection selection,
            boolean hasAssigner) {
        if (hasAssigner && distribution != KeylessDistribution.INSTANCE) {
            problems.add(
                    "A split assigner is of no use with the distribution '"
                            + distribution
                            + "': files with a key are never given to it. Leave one of the two"
                            + " out.");
        }
        if (selection != null && distribution instanceof PathPartsDistribution byParts) {
            List<String> unknown = new ArrayList<>(byParts.names());
            unknown.removeAll(selection.pathPartNames());
            if (!unknown.isEmpty()) {
                problems.add(
                        "The distribution needs the parts "
                                + unknown
                                + " of paths, but the selection names "
                                + selection.pathPartNames()
                                + ": name them with setPathTemplate or setPathRegex.");
            }
        }
    }

    /**
     * Positions given by hand.
     *
     * @param ownFormat whether they are offsets of records
     */
    void checkOverrides(
            PositionOverrides overrides, RecordFileSelection selection, boolean ownFormat) {
        overrides
                .positions()
                .forEach(
                        (path, position) -> {
                            if (!selection.selects(path)) {
                                problems.add(
                                        "A position is given by hand for the file '"
                                                + path
                                                + "', which is not selected by "
                                                + selection
                                                + ". Give the path as it stands in the logs.");
                            }
                            if (ownFormat && !isOffsetOfRecord(position)) {
                                problems.add(
                                        "The position "
                                                + position
                                                + " given by hand for the file '"
                                                + path
                                                + "' is none of a RecordFileFormat: use"
                                                + " RecordFilePosition.atOffset, or a position of"
                                                + " RecordFileProgress as it is.");
                            }
                        });
    }

    private static boolean isOffsetOfRecord(RecordFilePosition position) {
        return position.offset() >= 0
                && position.skip() == 0
                && (position.memberOffset() > 0 || position.offsetInMember() == position.offset());
    }

    /** What a framing can do. */
    void checkFraming(RecordFileFraming framing, RecordFileTimestamps timestamps) {
        if (timestamps.origin() == RecordFileTimestamps.Origin.COLUMN) {
            try {
                framing.createColumnReader(null);
            } catch (UnsupportedOperationException e) {
                problems.add("Timestamps cannot come from a column: " + e.getMessage());
            }
        }
    }

    /** What only the connector's own formats can do. */
    void checkBulkFormat(
            BulkFormat<?, ?> format,
            @Nullable RecordFileMalformedPolicy<?> malformedPolicy,
            RecordFileErrorLimit errorLimit,
            RecordFileTimestamps timestamps) {
        if (malformedPolicy != null) {
            problems.add(
                    "onMalformed is of no use with "
                            + format.getClass().getName()
                            + ", which decides on malformed records itself: leave it out, or use a"
                            + " RecordFileFormat.");
        }
        if (!errorLimit.equals(RecordFileErrorLimit.none())) {
            problems.add("An error limit needs a RecordFileFormat: leave it out.");
        }
        if (timestamps.origin() == RecordFileTimestamps.Origin.COLUMN) {
            problems.add(
                    "Timestamps from a column need a RecordFileFormat: take them from the elements"
                            + " with a timestamp assigner in the watermark strategy.");
        }
    }

    /**
     * @throws IllegalStateException with all problems
     */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "This record-file source cannot be built:\n - "
                            + String.join("\n - ", problems));
        }
    }
}
