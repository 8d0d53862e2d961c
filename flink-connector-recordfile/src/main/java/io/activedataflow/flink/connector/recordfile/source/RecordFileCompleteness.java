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

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * When a file that was found counts as written to its end. Until then it is not read, and not
 * forgotten. All conditions that are set must hold; none are set at first.
 *
 * <p>Files that get their final name when they are complete need no condition: files with hidden
 * names or suffixes of temporary files are not seen at all, see {@link RecordFileSelection}.
 *
 * <p>By default a bounded source reads every file {@linkplain #atOnce() at once}: what is there is
 * taken to be there. A continuous one, which looks on while files are written, reads a file when
 * {@linkplain #withStableListings two listings} in a row have found it the same. That costs one
 * discovery interval per file, since as long as files change the source looks for them in its
 * shortest interval.
 *
 * <p>A continuous source waits for a file for as long as it takes. A bounded source has to end: it
 * waits until the minimum age has passed since its start, and until it has listed the files once
 * more than they have to be stable. Files that are not complete then are left out, with a warning
 * that names them; the next run reads them.
 *
 * <p>Immutable.
 */
@PublicEvolving
public final class RecordFileCompleteness implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final RecordFileCompleteness AT_ONCE =
            new RecordFileCompleteness(Duration.ZERO, 1, null, null);

    private final Duration minimumAge;
    private final int stableListings;
    @Nullable private final String markerSuffix;
    @Nullable private final String directoryMarker;

    private RecordFileCompleteness(
            Duration minimumAge,
            int stableListings,
            @Nullable String markerSuffix,
            @Nullable String directoryMarker) {
        this.minimumAge = minimumAge;
        this.stableListings = stableListings;
        this.markerSuffix = markerSuffix;
        this.directoryMarker = directoryMarker;
    }

    /**
     * Every file is complete as soon as it is listed. Costs nothing; right where files appear under
     * their names in one step, as they do in object stores and with writers that rename.
     */
    public static RecordFileCompleteness atOnce() {
        return AT_ONCE;
    }

    static RecordFileCompleteness defaultOf(boolean bounded) {
        return bounded ? AT_ONCE : AT_ONCE.withStableListings(2);
    }

    /**
     * A file has to be this old: so much time has passed on the clock of the job manager since its
     * modification time. Delays every file by that time; right if no writer pauses for longer and
     * the clocks agree.
     *
     * @param age at least zero
     */
    public RecordFileCompleteness withMinimumAge(Duration age) {
        Objects.requireNonNull(age, "age");
        if (age.isNegative()) {
            throw new IllegalArgumentException(
                    "A minimum age of " + age + " is not possible. Give at least zero.");
        }
        return new RecordFileCompleteness(age, stableListings, markerSuffix, directoryMarker);
    }

    /**
     * A file has to have the same size and modification time in so many listings in a row. Delays
     * every file by at least one listing fewer; right if no writer pauses for longer than that. The
     * count begins anew after a restore.
     *
     * @param listings at least 1, which is no condition
     */
    public RecordFileCompleteness withStableListings(int listings) {
        if (listings < 1) {
            throw new IllegalArgumentException(
                    "A file cannot be stable over "
                            + listings
                            + " listings. Give a number of at least 1.");
        }
        return new RecordFileCompleteness(minimumAge, listings, markerSuffix, directoryMarker);
    }

    /**
     * Beside the file there has to be another with the same name and this suffix, such as {@code
     * orders.csv.done} beside {@code orders.csv}. Files with the suffix are not read themselves.
     * Exact, if the writer makes the marker last.
     *
     * @param suffix not empty, such as {@code .done}
     */
    public RecordFileCompleteness withMarkerSuffix(String suffix) {
        requireName("suffix of a done marker", suffix);
        return new RecordFileCompleteness(minimumAge, stableListings, suffix, directoryMarker);
    }

    /**
     * In the directory of the file there has to be one with this name, such as {@code _SUCCESS},
     * which is not read itself. Exact, if the writer makes the marker last and writes nothing to
     * the directory afterwards.
     *
     * @param name not empty, without slashes
     */
    public RecordFileCompleteness withDirectoryMarker(String name) {
        requireName("name of a done marker", name);
        return new RecordFileCompleteness(minimumAge, stableListings, markerSuffix, name);
    }

    private static void requireName(String what, String name) {
        Objects.requireNonNull(name, what);
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " cannot be '"
                            + name
                            + "'. Give a name that is not empty and has no slash.");
        }
    }

    @Internal
    public Duration minimumAge() {
        return minimumAge;
    }

    @Internal
    public int stableListings() {
        return stableListings;
    }

    @Internal
    @Nullable
    public String markerSuffix() {
        return markerSuffix;
    }

    @Internal
    @Nullable
    public String directoryMarker() {
        return directoryMarker;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordFileCompleteness that
                && minimumAge.equals(that.minimumAge)
                && stableListings == that.stableListings
                && Objects.equals(markerSuffix, that.markerSuffix)
                && Objects.equals(directoryMarker, that.directoryMarker);
    }

    @Override
    public int hashCode() {
        return Objects.hash(minimumAge, stableListings, markerSuffix, directoryMarker);
    }

    @Override
    public String toString() {
        List<String> conditions = new ArrayList<>();
        if (!minimumAge.isZero()) {
            conditions.add("age of " + minimumAge);
        }
        if (stableListings > 1) {
            conditions.add("same over " + stableListings + " listings");
        }
        if (markerSuffix != null) {
            conditions.add("marker *" + markerSuffix);
        }
        if (directoryMarker != null) {
            conditions.add("marker " + directoryMarker);
        }
        return conditions.isEmpty() ? "complete at once" : String.join(", ", conditions);
    }
}
