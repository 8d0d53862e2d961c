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

import io.activedataflow.flink.connector.recordfile.source.selection.Globs;
import io.activedataflow.flink.connector.recordfile.source.selection.PathTemplate;
import io.activedataflow.flink.connector.recordfile.source.selection.RegexRoot;
import io.activedataflow.flink.connector.recordfile.source.selection.SelectedRoot;
import io.activedataflow.flink.connector.recordfile.source.selection.TreeRoot;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Builds a {@link RecordFileSelection}. At least one root is needed; all else has a default. */
@PublicEvolving
public final class RecordFileSelectionBuilder {

    private final List<Root> added = new ArrayList<>();
    private boolean recursive = true;
    boolean includeHidden;
    List<String> ignoredSuffixes = RecordFileSelection.DEFAULT_IGNORED_SUFFIXES;
    @Nullable Instant modifiedFrom;
    @Nullable Instant modifiedBefore;
    long minimumSize;
    long maximumSize = Long.MAX_VALUE;
    @Nullable Duration maximumAge;
    boolean waitForMissingRoots;
    @Nullable PathTemplate pathParts;

    /** A root that can be made as soon as all settings are known. */
    private interface Root {
        List<? extends SelectedRoot> make(boolean recursive);
    }

    RecordFileSelectionBuilder() {}

    /**
     * Adds directories, files or patterns. The files of a directory are selected, with those of the
     * directories below it ({@link #setRecursive}). A pattern has to match the whole path of a
     * file, and selects no directories:
     *
     * <ul>
     *   <li>{@code *} stands for any characters but a slash, {@code ?} for one;
     *   <li>{@code **} alone between two slashes stands for any number of directories, also for
     *       none; at the end for all files at any depth;
     *   <li>{@code [a-z]} for one of these characters, {@code [!a-z]} for one of the others;
     *   <li>{@code {a,b*}} for one of these patterns;
     *   <li>{@code \} makes the next character literal. Scheme and host are literal anyway.
     * </ul>
     *
     * @throws IllegalArgumentException if a pattern is malformed
     */
    public RecordFileSelectionBuilder addRoots(String... patterns) {
        for (String pattern : patterns) {
            if (Objects.requireNonNull(pattern, "root").isBlank()) {
                throw new IllegalArgumentException(
                        "A root cannot be empty. Give a directory, a file or a pattern.");
            }
            // Parsed at once, so that a mistake is reported where it is made.
            Globs.parse(pattern, recursive);
            added.add(below -> Globs.parse(pattern, below));
        }
        return this;
    }

    /** Adds directories or files, whose names are literal whatever is in them. */
    public RecordFileSelectionBuilder addPaths(Path... paths) {
        for (Path path : paths) {
            Objects.requireNonNull(path, "path");
            added.add(below -> List.of(new TreeRoot(path, below)));
        }
        return this;
    }

    /**
     * Adds the files of a directory whose paths below it match a regular expression from end to
     * end, such as {@code (eu|us)/.*\.csv}. Directories that no match can lie in are not listed.
     *
     * @throws java.util.regex.PatternSyntaxException if the expression is malformed
     */
    public RecordFileSelectionBuilder addRegex(Path directory, String regex) {
        Objects.requireNonNull(directory, "directory");
        Pattern pattern = Pattern.compile(regex);
        added.add(below -> List.of(new RegexRoot(directory, pattern, below)));
        return this;
    }

    /**
     * Whether to look into the directories below a directory; true by default. Patterns say for
     * themselves how deep they go.
     */
    public RecordFileSelectionBuilder setRecursive(boolean recursive) {
        this.recursive = recursive;
        return this;
    }

    /** Whether to see names that begin with a dot or an underscore; false by default. */
    public RecordFileSelectionBuilder setIncludeHidden(boolean includeHidden) {
        this.includeHidden = includeHidden;
        return this;
    }

    /**
     * Files whose names end so are not seen, in upper or lower case; {@link
     * RecordFileSelection#DEFAULT_IGNORED_SUFFIXES} by default. None, to see all.
     */
    public RecordFileSelectionBuilder setIgnoredSuffixes(String... suffixes) {
        for (String suffix : suffixes) {
            if (suffix.isEmpty()) {
                throw new IllegalArgumentException(
                        "An ignored suffix cannot be empty: it would end every name. Give a suffix"
                                + " such as '.tmp', or no suffixes.");
            }
        }
        this.ignoredSuffixes = List.of(suffixes);
        return this;
    }

    /** Only files that were modified at this time or later. */
    public RecordFileSelectionBuilder setModifiedFrom(Instant from) {
        this.modifiedFrom = Objects.requireNonNull(from, "from");
        return this;
    }

    /** Only files that were modified before this time. */
    public RecordFileSelectionBuilder setModifiedBefore(Instant before) {
        this.modifiedBefore = Objects.requireNonNull(before, "before");
        return this;
    }

    /** Only files of at least so many bytes. */
    public RecordFileSelectionBuilder setMinimumSize(long bytes) {
        this.minimumSize = requireSize(bytes);
        return this;
    }

    /** Only files of at most so many bytes. */
    public RecordFileSelectionBuilder setMaximumSize(long bytes) {
        this.maximumSize = requireSize(bytes);
        return this;
    }

    /**
     * Only files whose modification time is no longer ago than this, whenever they are listed. A
     * file that is found but has to wait, for being complete or for the limits of a round, can
     * become too old.
     */
    public RecordFileSelectionBuilder setMaximumAge(Duration age) {
        if (Objects.requireNonNull(age, "age").isNegative()) {
            throw new IllegalArgumentException(
                    "A maximum age of " + age + " is not possible. Give at least zero.");
        }
        this.maximumAge = age;
        return this;
    }

    /**
     * Whether the job runs while a root does not exist, and reads it when it appears. False by
     * default: the job fails at the start. In a bounded run a root that does not exist is an empty
     * one then.
     */
    public RecordFileSelectionBuilder setWaitForMissingRoots(boolean wait) {
        this.waitForMissingRoots = wait;
        return this;
    }

    /**
     * Names the parts of paths with a template such as {@code orders/{region}/{date}/*.csv}: {@code
     * {name}} stands for a part, which is not empty and has no slash, all else has the meaning it
     * has in {@link #addRoots}. The template has to match the end of a path, from some slash on.
     *
     * <p>Selects nothing: a file whose path does not match is read, and has no parts.
     */
    public RecordFileSelectionBuilder setPathTemplate(String template) {
        this.pathParts = PathTemplate.ofTemplate(template);
        return this;
    }

    /**
     * Names the parts of paths with the named groups of a regular expression, which has to match
     * the end of a path, from some slash on. Selects nothing.
     */
    public RecordFileSelectionBuilder setPathRegex(String regex) {
        this.pathParts = PathTemplate.ofRegex(regex);
        return this;
    }

    private static long requireSize(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "A file cannot have " + bytes + " bytes. Give a size of at least 0.");
        }
        return bytes;
    }

    /**
     * Builds the selection.
     *
     * @throws IllegalArgumentException with all contradictions
     */
    public RecordFileSelection build() {
        List<String> problems = new ArrayList<>();
        Set<SelectedRoot> roots = new LinkedHashSet<>();
        added.forEach(root -> roots.addAll(root.make(recursive)));
        if (roots.isEmpty()) {
            problems.add("there is no root: add a directory, a file or a pattern");
        }
        if (minimumSize > maximumSize) {
            problems.add(
                    "the minimum size of "
                            + minimumSize
                            + " bytes is over the maximum size of "
                            + maximumSize);
        }
        if (modifiedFrom != null
                && modifiedBefore != null
                && !modifiedFrom.isBefore(modifiedBefore)) {
            problems.add(
                    "no file is modified from " + modifiedFrom + " and before " + modifiedBefore);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The selection of files cannot be built: " + String.join("; ", problems) + '.');
        }
        return new RecordFileSelection(this, new ArrayList<>(roots));
    }
}
