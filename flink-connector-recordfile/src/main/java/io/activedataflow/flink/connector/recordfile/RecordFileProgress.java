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

package io.activedataflow.flink.connector.recordfile;

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitSerializer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How far a file, or a range of it, has been read: for tools that look at the state of a job.
 *
 * <p>As a map ({@link #toProperties}) it consists of text and whole numbers only. The map has a
 * version, and only what this class puts in. Ordered by path, then by range, then by offset.
 *
 * @param path of the file
 * @param identity of the file that was read
 * @param rangeBegin where the range begins, in bytes of the file as it is stored; 0 of a whole file
 * @param rangeEnd where the range ends, likewise
 * @param position up to where all records have been emitted
 * @param malformed how many malformed records there are in the range before the position
 */
@PublicEvolving
public record RecordFileProgress(
        String path,
        RecordFileIdentity identity,
        long rangeBegin,
        long rangeEnd,
        RecordFilePosition position,
        long malformed)
        implements Comparable<RecordFileProgress> {

    /** The version of the map, under the key {@code version}. */
    public static final long VERSION = 1;

    private static final String VERSION_KEY = "version";
    private static final String PATH = "path";
    private static final String SIZE = "size";
    private static final String MODIFICATION_TIME = "modificationTime";
    private static final String HEAD_LENGTH = "headLength";
    private static final String HEAD_CHECKSUM = "headChecksum";
    private static final String RANGE_BEGIN = "rangeBegin";
    private static final String RANGE_END = "rangeEnd";
    private static final String OFFSET = "offset";
    private static final String MEMBER_OFFSET = "memberOffset";
    private static final String OFFSET_IN_MEMBER = "offsetInMember";
    private static final String SKIP = "skip";
    private static final String RECORD_COUNT = "recordCount";
    private static final String LINE_COUNT = "lineCount";
    private static final String MALFORMED_COUNT = "malformedCount";

    private static final Comparator<RecordFileProgress> ORDER =
            Comparator.comparing(RecordFileProgress::path)
                    .thenComparingLong(RecordFileProgress::rangeBegin)
                    .thenComparingLong(RecordFileProgress::rangeEnd)
                    .thenComparingLong(progress -> progress.position().offset())
                    .thenComparingLong(progress -> progress.position().skip())
                    .thenComparing(RecordFileProgress::toString);

    public RecordFileProgress {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(position, "position");
    }

    @Internal
    public static RecordFileProgress of(RecordFileSplit split) {
        return new RecordFileProgress(
                split.path().toString(),
                split.identity(),
                split.offset(),
                split.end(),
                split.position(),
                split.malformed());
    }

    /**
     * Reads the state of one split, as it lies in a checkpoint or savepoint under the source's
     * operator: the list state {@code SourceReaderState} has one entry for each split, which Flink
     * writes as a version and a number of bytes.
     *
     * @param version the version that Flink has stored with the bytes
     * @param split the bytes
     * @throws IOException if the bytes are not the state of a split, or of an unknown version
     */
    public static RecordFileProgress fromSplitState(int version, byte[] split) throws IOException {
        return of(RecordFileSplitSerializer.INSTANCE.deserialize(version, split.clone()));
    }

    /** How many records of the file lie before the position, or -1 if that is not known. */
    public long recordCount() {
        return position.recordNumber();
    }

    /** How many line breaks of the file lie before the position, or -1 if that is not known. */
    public long lineCount() {
        return position.line();
    }

    /** A map of text and whole numbers, which the caller may change. */
    public Map<String, Object> toProperties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(VERSION_KEY, VERSION);
        properties.put(PATH, path);
        properties.put(SIZE, identity.size());
        properties.put(MODIFICATION_TIME, identity.modificationTime());
        properties.put(HEAD_LENGTH, (long) identity.headLength());
        properties.put(HEAD_CHECKSUM, (long) identity.headChecksum());
        properties.put(RANGE_BEGIN, rangeBegin);
        properties.put(RANGE_END, rangeEnd);
        properties.put(OFFSET, position.offset());
        properties.put(MEMBER_OFFSET, position.memberOffset());
        properties.put(OFFSET_IN_MEMBER, position.offsetInMember());
        properties.put(SKIP, position.skip());
        properties.put(RECORD_COUNT, position.recordNumber());
        properties.put(LINE_COUNT, position.line());
        properties.put(MALFORMED_COUNT, malformed);
        return properties;
    }

    /**
     * The progress that a map of {@link #toProperties} tells of. Numbers may have come back as any
     * type of whole number, as they do from JSON.
     *
     * @throws IllegalArgumentException if the map is of another version, or something is missing,
     *     is not what it should be, or is not known
     */
    public static RecordFileProgress fromProperties(Map<String, ?> properties) {
        Map<String, Object> left = new LinkedHashMap<>(properties);
        long version = number(left, VERSION_KEY);
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "The progress of a file has version "
                            + version
                            + "; this connector reads version "
                            + VERSION
                            + '.');
        }
        RecordFileProgress progress =
                new RecordFileProgress(
                        text(left, PATH),
                        new RecordFileIdentity(
                                number(left, SIZE),
                                number(left, MODIFICATION_TIME),
                                Math.toIntExact(number(left, HEAD_LENGTH)),
                                Math.toIntExact(number(left, HEAD_CHECKSUM))),
                        number(left, RANGE_BEGIN),
                        number(left, RANGE_END),
                        new RecordFilePosition(
                                number(left, OFFSET),
                                number(left, MEMBER_OFFSET),
                                number(left, OFFSET_IN_MEMBER),
                                number(left, SKIP),
                                number(left, RECORD_COUNT),
                                number(left, LINE_COUNT)),
                        number(left, MALFORMED_COUNT));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "The progress of a file has the unknown entries " + left.keySet() + '.');
        }
        return progress;
    }

    private static String text(Map<String, Object> properties, String key) {
        if (properties.remove(key) instanceof String text) {
            return text;
        }
        throw unusable(key, "text");
    }

    private static long number(Map<String, Object> properties, String key) {
        Object value = properties.remove(key);
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw unusable(key, "a whole number");
    }

    private static IllegalArgumentException unusable(String key, String what) {
        return new IllegalArgumentException(
                "The progress of a file needs the entry '" + key + "' with " + what + '.');
    }

    @Override
    public int compareTo(RecordFileProgress other) {
        return ORDER.compare(this, other);
    }
}
