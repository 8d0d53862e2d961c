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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Positions in the transaction log as they go over the wire, by the AMPS user guide. */
@Internal
public final class WireBookmarks {

    /** The beginning of the log. */
    public static final String EPOCH = "0";

    /** The end of the log, wherever that is when the server reads it. */
    public static final String NOW = "0|1|";

    private static final String SEPARATOR = ",";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT);

    private static final long MICROS = 1_000_000L;

    private WireBookmarks() {}

    /**
     * Several bookmarks, of which the server takes the earliest as a start, the latest as an end.
     */
    public static String list(Collection<AmpsBookmark> bookmarks) {
        return bookmarks.stream()
                .map(AmpsBookmark::toString)
                .collect(Collectors.joining(SEPARATOR));
    }

    /**
     * A time such as {@code 20260102T030405.678901Z}.
     *
     * @param micros microseconds since the epoch; no log reaches back further than that, so that a
     *     negative number means the same as 0
     */
    public static String time(long micros) {
        long notBeforeEpoch = Math.max(0L, micros);
        return TIME.format(
                LocalDateTime.ofEpochSecond(
                        notBeforeEpoch / MICROS,
                        (int) (notBeforeEpoch % MICROS) * 1000,
                        ZoneOffset.UTC));
    }

    /** A time, rounded up: what has that time or a later one is the same for both. */
    public static String time(Instant time) {
        return time(
                Math.addExact(
                        Math.multiplyExact(time.getEpochSecond(), MICROS),
                        (time.getNano() + 999) / 1000));
    }

    /** Where a replay starts; {@link #NOW} for the latest position, which is not a fixed one. */
    public static String start(AmpsStartPosition position) {
        if (position instanceof AmpsStartPosition.Earliest) {
            return EPOCH;
        }
        if (position instanceof AmpsStartPosition.Latest) {
            return NOW;
        }
        return position instanceof AmpsStartPosition.Timestamp timestamp
                ? time(timestamp.time())
                : list(((AmpsStartPosition.After) position).bookmarks());
    }

    /**
     * Reads what {@link #start} writes for fixed positions.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static AmpsStartPosition parseStart(String text) {
        String trimmed = text.trim();
        if (trimmed.equals(EPOCH)) {
            return AmpsStartPosition.earliest();
        }
        if (trimmed.indexOf('T') >= 0) {
            return AmpsStartPosition.timestamp(parseTime(trimmed));
        }
        List<AmpsBookmark> bookmarks = new ArrayList<>();
        for (String bookmark : trimmed.split(SEPARATOR, -1)) {
            bookmarks.add(AmpsBookmark.parse(bookmark.trim()));
        }
        return AmpsStartPosition.after(bookmarks);
    }

    private static Instant parseTime(String text) {
        String digits = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        String full = digits.indexOf('.') < 0 ? digits + '.' : digits;
        int missing = "20260102T030405.678901".length() - full.length();
        try {
            return LocalDateTime.parse(full + "0".repeat(Math.max(0, missing)) + 'Z', TIME)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a time of AMPS. It has the form YYYYmmddTHHMMSS[.ffffff]Z, for"
                            + " example 20260102T030405.678901Z.",
                    e);
        }
    }
}
