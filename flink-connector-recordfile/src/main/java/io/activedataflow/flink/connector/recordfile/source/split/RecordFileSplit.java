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

package io.activedataflow.flink.connector.recordfile.source.split;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.util.Objects;

/**
 * A range of one file and how far it has been read, or a block of a file that is to be scanned.
 * Immutable; {@link RecordFileSplitState} is its mutable counterpart in a reader.
 *
 * <p>To formats of Flink it is an ordinary split of a file, with the position that these formats
 * have asked for, and without one until something of it has been read.
 */
@Internal
public final class RecordFileSplit extends FileSourceSplit {

    private static final long serialVersionUID = 1L;

    /** What is to be done with the range. */
    public enum Kind {
        /** Read a range whose begin and end are the file's, or lie between records exactly. */
        READ,
        /**
         * Read the records that begin in the range: those that the begin cuts belong to the split
         * before.
         */
        READ_CUT,
        /** Look through the range for places to cut the file at. */
        SCAN
    }

    private final Kind kind;
    private final RecordFileIdentity identity;
    private final RecordFilePosition position;
    private final long malformed;
    private final String distributionKey;
    private final @Nullable RecordFilePosition appliedOverride;

    /**
     * @param id unique for ever: see {@link RecordFileSplitIds}
     * @param offset where the range begins, in bytes of the file as it is stored
     * @param length of the range
     * @param identity of the file when it was found, with its head once it has been opened
     * @param position where reading goes on
     * @param malformed how many malformed records lie before the position in this range
     * @param distributionKey files of one key are read in order; empty where there is no such order
     */
    public RecordFileSplit(
            String id,
            Path path,
            long offset,
            long length,
            Kind kind,
            RecordFileIdentity identity,
            RecordFilePosition position,
            long malformed,
            String distributionKey,
            String... hostnames) {
        this(
                id,
                path,
                offset,
                length,
                kind,
                identity,
                position,
                malformed,
                distributionKey,
                null,
                hostnames);
    }

    /**
     * @param appliedOverride the position that was given by hand for the file while this split was
     *     made or restored, see {@link PositionOverrides}; null for none
     */
    RecordFileSplit(
            String id,
            Path path,
            long offset,
            long length,
            Kind kind,
            RecordFileIdentity identity,
            RecordFilePosition position,
            long malformed,
            String distributionKey,
            @Nullable RecordFilePosition appliedOverride,
            String[] hostnames) {
        super(
                id,
                path,
                offset,
                length,
                identity.modificationTime(),
                identity.size(),
                hostnames,
                position.offset() == offset && position.skip() == 0
                        ? null
                        : new CheckpointedPosition(position.offset(), position.skip()));
        this.kind = Objects.requireNonNull(kind, "kind");
        this.identity = identity;
        this.position = position;
        this.malformed = malformed;
        this.distributionKey = Objects.requireNonNull(distributionKey, "distributionKey");
        this.appliedOverride = appliedOverride;
    }

    public Kind kind() {
        return kind;
    }

    public RecordFileIdentity identity() {
        return identity;
    }

    public RecordFilePosition position() {
        return position;
    }

    /** Whether nothing of the range has been read. */
    public boolean isUntouched() {
        return position.offset() == offset() && position.skip() == 0;
    }

    public long malformed() {
        return malformed;
    }

    public String distributionKey() {
        return distributionKey;
    }

    /** Where the range ends, in bytes of the file as it is stored. */
    public long end() {
        return offset() + length();
    }

    /** Whether the range is all of the file. */
    public boolean isWholeFile() {
        return offset() == 0 && length() >= identity.size();
    }

    @Nullable
    public RecordFilePosition appliedOverride() {
        return appliedOverride;
    }

    /** Whether reading goes on where somebody has said, and not where records have been read to. */
    public boolean isPlacedByHand() {
        return position.equals(appliedOverride);
    }

    /** The same range, read up to another place. */
    public RecordFileSplit at(
            RecordFilePosition newPosition, RecordFileIdentity newIdentity, long newMalformed) {
        return with(newPosition, newIdentity, newMalformed, appliedOverride);
    }

    /** All of the file, which has another content now. */
    public RecordFileSplit restarted(RecordFileIdentity newIdentity) {
        return new RecordFileSplit(
                splitId(),
                path(),
                0,
                newIdentity.size(),
                kind,
                newIdentity,
                RecordFilePosition.START,
                malformed,
                distributionKey,
                appliedOverride,
                hostnames());
    }

    /** The same, with the position that is given by hand now, or null, but not moved there. */
    public RecordFileSplit withOverride(@Nullable RecordFilePosition override) {
        return with(position, identity, malformed, override);
    }

    /** The same range from another place on; nothing is known of what lies before. */
    RecordFileSplit moved(RecordFilePosition newPosition) {
        return with(newPosition, identity, 0, appliedOverride);
    }

    private RecordFileSplit with(
            RecordFilePosition newPosition,
            RecordFileIdentity newIdentity,
            long newMalformed,
            @Nullable RecordFilePosition newOverride) {
        return new RecordFileSplit(
                splitId(),
                path(),
                offset(),
                length(),
                kind,
                newIdentity,
                newPosition,
                newMalformed,
                distributionKey,
                newOverride,
                hostnames());
    }

    /** To formats of Flink, which look for the position here. */
    @Override
    public RecordFileSplit updateWithCheckpointedPosition(CheckpointedPosition newPosition) {
        RecordFilePosition start =
                newPosition == null
                        ? RecordFilePosition.atOffset(offset())
                        : new RecordFilePosition(
                                newPosition.getOffset(),
                                0,
                                Math.max(0, newPosition.getOffset()),
                                newPosition.getRecordsAfterOffset(),
                                RecordFilePosition.UNKNOWN,
                                RecordFilePosition.UNKNOWN);
        return at(start, identity, malformed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordFileSplit split
                && splitId().equals(split.splitId())
                && path().equals(split.path())
                && offset() == split.offset()
                && length() == split.length()
                && kind == split.kind
                && identity.equals(split.identity)
                && position.equals(split.position)
                && malformed == split.malformed
                && distributionKey.equals(split.distributionKey)
                && Objects.equals(appliedOverride, split.appliedOverride);
    }

    @Override
    public int hashCode() {
        return Objects.hash(splitId(), position);
    }

    @Override
    public String toString() {
        return path() + " [" + offset() + ", " + end() + ") " + kind + " at " + position;
    }
}
