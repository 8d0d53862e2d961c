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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Positions that the user puts in place of those in the state, by file.
 *
 * <p>Each split knows the position that was given for its file while the split was made or
 * restored, and is moved only by another one: so a position is applied once, to what was in the
 * state when it was given, and neither again after a failure nor to what is found later.
 */
@Internal
public final class PositionOverrides implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final PositionOverrides NONE = new PositionOverrides(Map.of());

    private final LinkedHashMap<Path, RecordFilePosition> positions = new LinkedHashMap<>();

    /**
     * @param positions by path; a scheme or host that is left out is taken to be meant
     * @throws IllegalArgumentException if a path is blank, or two are of the same file
     */
    public PositionOverrides(Map<String, RecordFilePosition> positions) {
        positions.forEach(
                (text, position) -> {
                    Path path = new Path(text);
                    if (of(path) != null) {
                        throw new IllegalArgumentException(
                                "Two positions are given by hand for the file '"
                                        + path
                                        + "'. Leave one of them out.");
                    }
                    this.positions.put(path, Objects.requireNonNull(position, text));
                });
    }

    public Map<Path, RecordFilePosition> positions() {
        return Map.copyOf(positions);
    }

    /** The position given for a file, or null. */
    @Nullable
    public RecordFilePosition of(Path file) {
        for (Map.Entry<Path, RecordFilePosition> given : positions.entrySet()) {
            if (isSame(given.getKey().toUri(), file.toUri())) {
                return given.getValue();
            }
        }
        return null;
    }

    private static boolean isSame(URI given, URI file) {
        return file.getPath().equals(given.getPath())
                && schemeOf(file).equalsIgnoreCase(schemeOf(given))
                && (isEmpty(file.getAuthority())
                        || isEmpty(given.getAuthority())
                        || file.getAuthority().equalsIgnoreCase(given.getAuthority()));
    }

    private static String schemeOf(URI path) {
        return path.getScheme() == null
                ? FileSystem.getDefaultFsUri().getScheme()
                : path.getScheme();
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** Whether the file of a split from the state was given a position that it does not know. */
    public boolean isToBeApplied(RecordFileSplit split) {
        RecordFilePosition given = of(split.path());
        return given != null && !given.equals(split.appliedOverride());
    }

    /** A new split, which begins where it begins. */
    public RecordFileSplit mark(RecordFileSplit split) {
        RecordFilePosition given = of(split.path());
        return given == null ? split : split.withOverride(given);
    }

    /**
     * A split from the state as it is to be read. That the position was applied is forgotten once
     * none is given any more.
     */
    public RecordFileSplit apply(RecordFileSplit split) {
        RecordFilePosition given = of(split.path());
        if (Objects.equals(given, split.appliedOverride())) {
            return split;
        }
        RecordFileSplit marked = split.withOverride(given);
        return given == null || split.kind() == Kind.SCAN ? marked : move(marked, given);
    }

    /**
     * A range that is read from a position in its file on: one behind the position from its
     * beginning. One before it gets a position behind its end, because only who opens the file
     * knows whether it can be read in ranges at all; there is nothing to read of it then.
     */
    public static RecordFileSplit move(RecordFileSplit split, RecordFilePosition position) {
        if (split.isWholeFile() || position.offset() >= split.offset()) {
            return split.moved(position);
        }
        if (position.offset() == RecordFilePosition.UNKNOWN) {
            throw new IllegalStateException(
                    "The position "
                            + position
                            + " was given by hand for the file "
                            + split.path()
                            + ", which is read in ranges: without an offset there is no telling in"
                            + " which of them it lies. Give a position with an offset, or none.");
        }
        return split.isUntouched()
                ? split
                : split.moved(RecordFilePosition.atOffset(split.offset()));
    }

    @Override
    public String toString() {
        return positions.toString();
    }
}
