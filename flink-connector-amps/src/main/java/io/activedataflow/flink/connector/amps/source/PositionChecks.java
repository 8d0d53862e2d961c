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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.annotation.Internal;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What positions given by the user must be like. */
@Internal
final class PositionChecks {

    private static final AmpsBookmark STANDS_FOR_NOW = AmpsBookmark.parse(WireBookmarks.NOW);

    private static final Instant TOO_LATE = Instant.parse("9999-12-31T00:00:00Z");

    private PositionChecks() {}

    /** Returns a time that has a wire form. */
    static Instant requireTime(Instant time) {
        Objects.requireNonNull(time, "time");
        if (time.isBefore(Instant.EPOCH) || !time.isBefore(TOO_LATE)) {
            throw new IllegalArgumentException(
                    "timestamp() got "
                            + time
                            + ", which has no form in AMPS. Give a time from 1970 to 9999.");
        }
        return time;
    }

    /** Returns the bookmarks, each once. */
    static List<AmpsBookmark> requireBookmarks(String what, List<AmpsBookmark> bookmarks) {
        if (bookmarks.isEmpty()) {
            throw new IllegalArgumentException(
                    what
                            + " got no bookmark. Give at least one; for the whole log, use the default.");
        }
        if (bookmarks.contains(STANDS_FOR_NOW)) {
            throw new IllegalArgumentException(
                    what
                            + " got "
                            + STANDS_FOR_NOW
                            + ", which is no bookmark of a message but stands for 'now'. Use"
                            + " AmpsStartPosition.latest() or AmpsStopPosition.latestAtStart().");
        }
        return List.copyOf(new LinkedHashSet<>(bookmarks));
    }

    /** Refuses positions by hand that would be somewhere else after the next failure. */
    static void requireFixed(Map<String, AmpsStartPosition> positions) {
        positions.forEach(
                (splitId, position) -> {
                    if (position instanceof AmpsStartPosition.Latest) {
                        throw new IllegalArgumentException(
                                "The position by hand of split '"
                                        + splitId
                                        + "' is 'latest', which moves. Give the time from which to"
                                        + " read: AmpsStartPosition.timestamp(Instant.now()).");
                    }
                });
    }
}
