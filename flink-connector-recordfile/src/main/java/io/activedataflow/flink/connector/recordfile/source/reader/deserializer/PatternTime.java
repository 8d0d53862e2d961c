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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.nio.charset.CharacterCodingException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Objects;

/** Points in time in a form of the user's own. */
@Internal
final class PatternTime implements TimeReader {

    private static final long serialVersionUID = 1L;

    private final String pattern;
    private final ZoneId zone;
    private transient DateTimeFormatter formatter;

    PatternTime(String pattern, ZoneId zone) {
        this.pattern = Objects.requireNonNull(pattern, "pattern");
        this.zone = Objects.requireNonNull(zone, "zone");
        formatter(pattern, zone);
    }

    private static DateTimeFormatter formatter(String pattern, ZoneId zone) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
    }

    @Override
    public void open() {
        formatter = formatter(pattern, zone);
    }

    @Override
    public long read(byte[] data, int from, int to) throws CharacterCodingException {
        String text = Utf8.decode(data, from, to - from);
        TemporalAccessor parsed = formatter.parseBest(text, ZonedDateTime::from, LocalDate::from);
        ZonedDateTime time =
                parsed instanceof LocalDate date ? date.atStartOfDay(zone) : (ZonedDateTime) parsed;
        return time.toInstant().toEpochMilli();
    }

    @Override
    public String toString() {
        return '\'' + pattern + "' in " + zone;
    }
}
