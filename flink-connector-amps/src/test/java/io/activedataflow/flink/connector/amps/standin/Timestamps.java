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

package io.activedataflow.flink.connector.amps.standin;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Server timestamps: microseconds since 1970 UTC, as text {@code 20240102T030405.678901Z}. */
final class Timestamps {

    private static final long MICROS = 1_000_000;
    private static final Pattern TEXT =
            Pattern.compile(
                    "(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)(?:\\.(\\d{1,9}))?Z?");

    private Timestamps() {}

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * MICROS + now.getNano() / 1000;
    }

    static String text(long micros) {
        FrameBuffer buffer = new FrameBuffer(32);
        append(micros, buffer);
        return new String(buffer.toBytes(), StandardCharsets.US_ASCII);
    }

    static void append(long micros, FrameBuffer to) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, MICROS),
                        (int) Math.floorMod(micros, MICROS) * 1000,
                        ZoneOffset.UTC);
        to.appendPadded(time.getYear(), 4)
                .appendPadded(time.getMonthValue(), 2)
                .appendPadded(time.getDayOfMonth(), 2)
                .append('T')
                .appendPadded(time.getHour(), 2)
                .appendPadded(time.getMinute(), 2)
                .appendPadded(time.getSecond(), 2)
                .append('.')
                .appendPadded(time.getNano() / 1000, 6)
                .append('Z');
    }

    static boolean isTimestamp(String text) {
        return TEXT.matcher(text).matches();
    }

    static long parse(String text) throws Rejected {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new Rejected(Reason.INVALID_BOOKMARK);
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)),
                            Integer.parseInt(matcher.group(4)),
                            Integer.parseInt(matcher.group(5)),
                            Integer.parseInt(matcher.group(6)));
            String fraction = matcher.group(7) == null ? "" : matcher.group(7);
            return time.toEpochSecond(ZoneOffset.UTC) * MICROS
                    + Long.parseLong((fraction + "000000").substring(0, 6));
        } catch (DateTimeException e) {
            throw new Rejected(Reason.INVALID_BOOKMARK);
        }
    }
}
