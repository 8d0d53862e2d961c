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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.source.selection.PathTemplate;
import io.activedataflow.flink.connector.recordfile.source.selection.SelectedRoot;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Which files to read: where to look, which names, times and sizes, and what the parts of a path
 * mean.
 *
 * <p>Names that begin with a dot or an underscore, of files and of directories below a root, and
 * files whose names end like those of temporary files ({@link #DEFAULT_IGNORED_SUFFIXES}) are not
 * seen, unless the builder is told otherwise. A file that is given as a root itself is seen in any
 * case.
 *
 * <p>Only directories that can contain a selected file are listed; a pattern is followed from its
 * first part that is not literal. Immutable.
 */
@PublicEvolving
public final class RecordFileSelection implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Endings of the names of files that are still being written or copied; in any case. */
    public static final List<String> DEFAULT_IGNORED_SUFFIXES =
            List.of(
                    ".tmp",
                    ".temp",
                    ".inprogress",
                    ".part",
                    ".partial",
                    ".filepart",
                    ".crdownload",
                    "._copying_",
                    ".swp");

    private final ArrayList<SelectedRoot> roots;
    private final boolean includeHidden;
    private final ArrayList<String> ignoredSuffixes;
    @Nullable private final Instant modifiedFrom;
    @Nullable private final Instant modifiedBefore;
    private final long minimumSize;
    private final long maximumSize;
    @Nullable private final Duration maximumAge;
    private final boolean waitForMissingRoots;
    @Nullable private final PathTemplate pathParts;

    RecordFileSelection(RecordFileSelectionBuilder builder, List<SelectedRoot> roots) {
        this.roots = new ArrayList<>(roots);
        this.includeHidden = builder.includeHidden;
        this.ignoredSuffixes = new ArrayList<>(builder.ignoredSuffixes);
        this.modifiedFrom = builder.modifiedFrom;
        this.modifiedBefore = builder.modifiedBefore;
        this.minimumSize = builder.minimumSize;
        this.maximumSize = builder.maximumSize;
        this.maximumAge = builder.maximumAge;
        this.waitForMissingRoots = builder.waitForMissingRoots;
        this.pathParts = builder.pathParts;
    }

    /**
     * All files of these roots, with the defaults of {@link #builder()}.
     *
     * @param roots see {@link RecordFileSelectionBuilder#addRoots}
     */
    public static RecordFileSelection of(String... roots) {
        return builder().addRoots(roots).build();
    }

    /** All files of these roots, taken literally, with the defaults of {@link #builder()}. */
    public static RecordFileSelection of(Path... roots) {
        return builder().addPaths(roots).build();
    }

    /** Begins with nothing selected. */
    public static RecordFileSelectionBuilder builder() {
        return new RecordFileSelectionBuilder();
    }

    /**
     * The named parts of a path, in the order of the template or regular expression; empty if it
     * does not match or there is none.
     */
    public Map<String, String> pathParts(Path path) {
        return pathParts == null ? Map.of() : pathParts.partsOf(path.getPath());
    }

    /** The names of the parts that paths can have. */
    @Internal
    public List<String> pathPartNames() {
        return pathParts == null ? List.of() : pathParts.names();
    }

    /** How old a file may be that is listed; null for any age. */
    @Internal
    @Nullable
    public Duration maximumAge() {
        return maximumAge;
    }

    /** Where to look. */
    @Internal
    public List<SelectedRoot> roots() {
        return List.copyOf(roots);
    }

    /** The directories and files to start from, each once. */
    @Internal
    public List<Path> basePaths() {
        return roots.stream().map(SelectedRoot::base).distinct().toList();
    }

    /** Whether a root that does not exist is taken for an empty one. */
    @Internal
    public boolean waitsForMissingRoots() {
        return waitForMissingRoots;
    }

    /** Whether a file or directory of this name is seen below a root. */
    @Internal
    public boolean seesName(String name) {
        return includeHidden || !(name.startsWith(".") || name.startsWith("_"));
    }

    /** Whether the name of a file ends like that of a temporary one. */
    @Internal
    public boolean isTemporary(String name) {
        for (String suffix : ignoredSuffixes) {
            int start = name.length() - suffix.length();
            if (start >= 0 && name.regionMatches(true, start, suffix, 0, suffix.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a path is selected by its names: a root, its pattern, no ignored names. */
    @Internal
    public boolean selects(Path path) {
        return new SelectedPaths(this).contain(path);
    }

    /**
     * Whether a file that was found some time ago is still selected. The maximum age does not
     * count: it is for files that are listed, and one that is being read may grow old.
     */
    @Internal
    public boolean selects(Path path, RecordFileIdentity file) {
        return accepts(file.size(), file.modificationTime()) && selects(path);
    }

    /**
     * Whether a file is selected by size and time.
     *
     * @param nowMillis since the epoch
     */
    @Internal
    public boolean accepts(long size, long modificationTime, long nowMillis) {
        return accepts(size, modificationTime)
                && (maximumAge == null || nowMillis - modificationTime <= maximumAge.toMillis());
    }

    private boolean accepts(long size, long modificationTime) {
        return size >= minimumSize
                && size <= maximumSize
                && (modifiedFrom == null || modificationTime >= modifiedFrom.toEpochMilli())
                && (modifiedBefore == null || modificationTime < modifiedBefore.toEpochMilli());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordFileSelection that
                && roots.equals(that.roots)
                && includeHidden == that.includeHidden
                && ignoredSuffixes.equals(that.ignoredSuffixes)
                && Objects.equals(modifiedFrom, that.modifiedFrom)
                && Objects.equals(modifiedBefore, that.modifiedBefore)
                && minimumSize == that.minimumSize
                && maximumSize == that.maximumSize
                && Objects.equals(maximumAge, that.maximumAge)
                && waitForMissingRoots == that.waitForMissingRoots
                && Objects.equals(pathParts, that.pathParts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(roots, modifiedFrom, modifiedBefore, minimumSize, maximumSize);
    }

    /** The roots and whatever differs from the defaults; without user names and passwords. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        roots.forEach(root -> parts.add(root.toString()));
        StringBuilder text = new StringBuilder(String.join(", ", parts));
        append(text, "modified from ", modifiedFrom);
        append(text, "modified before ", modifiedBefore);
        append(text, "size from ", minimumSize == 0 ? null : minimumSize);
        append(text, "size to ", maximumSize == Long.MAX_VALUE ? null : maximumSize);
        append(text, "age to ", maximumAge);
        append(text, "with hidden files", includeHidden ? "" : null);
        append(
                text,
                "without names ending in ",
                ignoredSuffixes.equals(DEFAULT_IGNORED_SUFFIXES) ? null : ignoredSuffixes);
        append(text, "waiting for missing roots", waitForMissingRoots ? "" : null);
        append(text, "parts of paths by ", pathParts);
        return text.toString();
    }

    private static void append(StringBuilder text, String what, @Nullable Object value) {
        if (value != null) {
            text.append("; ").append(what).append(String.format(Locale.ROOT, "%s", value));
        }
    }
}
