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

package io.activedataflow.flink.connector.amps.source.enumerator.initializer;

import org.apache.flink.annotation.Internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times as they stand in the place of a bookmark: UTC, to the microsecond, such as {@code
 * 20260102T030405.678901Z} (AMPS user guide, "Replaying Messages with Bookmark Subscription").
 */
@Internal
final class WireTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private WireTime() {}

    /** The time, or the last one before it that can be written. */
    static String atOrBefore(Instant time) {
        if (time.isBefore(FIRST)) {
            return FORMAT.format(FIRST);
        }
        return FORMAT.format(time.isAfter(LAST) ? LAST : time);
    }

    /** The time, or the first one after it that can be written. */
    static String atOrAfter(Instant time) {
        Instant micros = time.truncatedTo(ChronoUnit.MICROS);
        return atOrBefore(micros.isBefore(time) ? micros.plus(1, ChronoUnit.MICROS) : micros);
    }
}
