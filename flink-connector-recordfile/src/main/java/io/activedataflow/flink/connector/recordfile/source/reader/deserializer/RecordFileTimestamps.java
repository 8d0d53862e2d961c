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

import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.eventtime.TimestampAssigner;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * Which timestamp records have when they leave the source; a watermark strategy's own assigner of
 * timestamps gets it and may replace it. Milliseconds since the epoch, as everywhere in Flink.
 *
 * <p>A record whose column of timestamps is missing, empty or not to be understood is malformed
 * ({@code CAST}); no time is made up for it.
 */
@PublicEvolving
public final class RecordFileTimestamps implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where timestamps come from. */
    public enum Origin {
        /** There are none. */
        NONE,
        /** The modification time of the file. */
        FILE,
        /** A column of the record. */
        COLUMN
    }

    private final Origin origin;
    private final TimestampExtractor extractor;

    private RecordFileTimestamps(Origin origin, TimestampExtractor extractor) {
        this.origin = origin;
        this.extractor = extractor;
    }

    /** Records have no timestamp. The default. */
    public static RecordFileTimestamps none() {
        return new RecordFileTimestamps(
                Origin.NONE,
                TimestampExtractor.of("none", record -> TimestampAssigner.NO_TIMESTAMP));
    }

    /** Each record has the time when its file was last modified. */
    public static RecordFileTimestamps fileTime() {
        return new RecordFileTimestamps(
                Origin.FILE,
                TimestampExtractor.of("file time", RecordFileRecord::modificationTime));
    }

    /**
     * The timestamp stands in a column: in ISO 8601, with {@code T} or a space between date and
     * time, or as a number of milliseconds since the epoch. A date without a time is its first
     * moment; where no offset is given, the time is in UTC.
     */
    public static RecordFileTimestamps column(String name) {
        return column(name, TimeUnit.MILLISECONDS);
    }

    /**
     * As {@link #column(String)}, with numbers that count another unit since the epoch. What is
     * less than a millisecond is cut off, towards the past.
     */
    public static RecordFileTimestamps column(String name, TimeUnit unit) {
        return new RecordFileTimestamps(
                Origin.COLUMN, new ColumnTimestamps(name, new IsoOrEpochTime(unit)));
    }

    /**
     * The timestamp stands in a column in a form of its own: {@code column("time", "dd.MM.yyyy
     * HH:mm", ZoneId.of("Europe/Berlin"))}.
     *
     * @param pattern as {@link java.time.format.DateTimeFormatter#ofPattern(String)} takes it;
     *     names of months and days are English ones. Without a time of day in the pattern it is the
     *     first moment of the day
     * @param zone the time zone of timestamps that do not name one
     * @throws IllegalArgumentException if it is not a pattern
     */
    public static RecordFileTimestamps column(String name, String pattern, ZoneId zone) {
        return new RecordFileTimestamps(
                Origin.COLUMN, new ColumnTimestamps(name, new PatternTime(pattern, zone)));
    }

    /** Where the timestamps come from. */
    public Origin origin() {
        return origin;
    }

    /** Called once in each reader, before the first record. */
    public void open(RecordFileDeserializationSchema.Context context) {
        extractor.open(context);
    }

    /**
     * The timestamp of a record in milliseconds since the epoch, or {@link
     * TimestampAssigner#NO_TIMESTAMP}. Called by the thread that deserializes.
     *
     * @throws MalformedRecordException if the record has a column for it that cannot be read
     */
    public long extract(RecordFileRecord record) throws MalformedRecordException {
        return extractor.extract(record);
    }

    @Override
    public String toString() {
        return extractor.toString();
    }
}
