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

package io.activedataflow.flink.connector.recordfile.format.csv;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a file begins with a record of column names, and what the columns are called.
 *
 * <p>Where no names are known, columns are called {@code f0}, {@code f1} and so on, and records may
 * have any number of fields.
 */
@PublicEvolving
public final class CsvHeader implements Serializable {

    private static final long serialVersionUID = 1L;

    private enum Mode {
        USED,
        SKIPPED,
        ABSENT,
        CHECKED,
        CHECKED_IN_ORDER
    }

    private final Mode mode;
    private final @Nullable ArrayList<String> names;

    private CsvHeader(Mode mode, @Nullable List<String> names) {
        this.mode = mode;
        this.names = names == null ? null : new ArrayList<>(names);
        if (names != null) {
            Set<String> seen = new HashSet<>();
            for (String name : names) {
                if (!seen.add(Objects.requireNonNull(name, "name"))) {
                    throw new IllegalArgumentException(
                            "The column '" + name + "' is named twice in " + names + '.');
                }
            }
        }
    }

    /**
     * The header names the columns; each file may have others, or another order. A file whose
     * header names a column twice, or is malformed, cannot be read: that is a failure of the job,
     * whatever is done with malformed records. The default.
     */
    public static CsvHeader used() {
        return new CsvHeader(Mode.USED, null);
    }

    /**
     * There is a header, but it is passed over without a look.
     *
     * @param names of the columns in their order in the file; none, if they are not to be named
     */
    public static CsvHeader skipped(String... names) {
        return new CsvHeader(Mode.SKIPPED, namesOrNull(names));
    }

    /**
     * There is no header: the first record is a record.
     *
     * @param names of the columns in their order in the file; none, if they are not to be named
     */
    public static CsvHeader absent(String... names) {
        return new CsvHeader(Mode.ABSENT, namesOrNull(names));
    }

    /**
     * The header names the columns, and must have these names in any order. A file with another
     * header cannot be read: that is a failure of the job.
     */
    public static CsvHeader checked(String... names) {
        return new CsvHeader(Mode.CHECKED, toCheck(names));
    }

    /** As {@link #checked}, but the names must be in this order. */
    public static CsvHeader checkedInOrder(String... names) {
        return new CsvHeader(Mode.CHECKED_IN_ORDER, toCheck(names));
    }

    @Nullable
    private static List<String> namesOrNull(String... names) {
        return names.length == 0 ? null : List.of(names);
    }

    private static List<String> toCheck(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(
                    "No names are given to check the header against. Name the columns, or take"
                            + " CsvHeader.used().");
        }
        return List.of(names);
    }

    /** Whether files begin with a header. */
    boolean isPresent() {
        return mode != Mode.ABSENT;
    }

    /** Whether the names of the header count. */
    boolean isRead() {
        return mode != Mode.ABSENT && mode != Mode.SKIPPED;
    }

    /** The names that are given instead of a header's, or null. */
    @Nullable
    List<String> givenNames() {
        return isRead() ? null : names;
    }

    /**
     * @throws IOException if the header of a file is not as it must be
     */
    void check(List<String> header) throws IOException {
        Set<String> found = new HashSet<>();
        for (String name : header) {
            if (!found.add(name)) {
                throw new IOException(
                        "The header names the column '"
                                + name
                                + "' twice: "
                                + header
                                + ". Columns are found by name; correct the file, or give names"
                                + " with CsvHeader.skipped(...).");
            }
        }
        if (names != null
                && !(mode == Mode.CHECKED_IN_ORDER
                        ? names.equals(header)
                        : found.equals(Set.copyOf(names)))) {
            throw new IOException(
                    "The header is "
                            + header
                            + ", but must be "
                            + names
                            + (mode == Mode.CHECKED ? " in any order." : " in this order."));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CsvHeader that
                && mode == that.mode
                && Objects.equals(names, that.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, names);
    }

    @Override
    public String toString() {
        return switch (mode) {
            case USED -> "used";
            case SKIPPED -> "skipped" + (names == null ? "" : ", columns " + names);
            case ABSENT -> "absent" + (names == null ? "" : ", columns " + names);
            case CHECKED -> "checked against " + names;
            case CHECKED_IN_ORDER -> "checked in order against " + names;
        };
    }
}
