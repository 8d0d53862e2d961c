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

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Which fields of a record the columns are, for one header. */
@Internal
final class CsvColumns {

    /** There is no such column. */
    static final int NO_FIELD = -1;

    private final int[] fields;
    private final int expectedFields;
    private final @Nullable String contradiction;

    /**
     * @param wanted the names of the columns wanted, in their order
     * @param names what the fields of records are called, or null if they are numbered
     */
    CsvColumns(CsvColumnRules rules, List<String> wanted, @Nullable List<String> names) {
        fields = new int[wanted.size()];
        expectedFields = names == null ? -1 : names.size();
        List<String> missing = new ArrayList<>();
        for (int column = 0; column < fields.length; column++) {
            String name = wanted.get(column);
            fields[column] = names == null ? numbered(name) : names.indexOf(name);
            if (fields[column] == NO_FIELD) {
                missing.add(name);
            }
        }
        contradiction = contradiction(rules, wanted, names, missing);
    }

    /** The name of a field of files whose columns have no names. */
    static String nameOf(int field) {
        return "f" + field;
    }

    private static int numbered(String name) {
        if (name.matches("f(0|[1-9][0-9]{0,8})")) {
            return Integer.parseInt(name.substring(1));
        }
        return NO_FIELD;
    }

    @Nullable
    private static String contradiction(
            CsvColumnRules rules,
            List<String> wanted,
            @Nullable List<String> names,
            List<String> missing) {
        if (!missing.isEmpty() && !rules.columnsMayMiss()) {
            return "There are no columns "
                    + missing
                    + "; the columns are "
                    + (names == null ? "f0, f1 and so on" : names)
                    + ". Allow for it with setMissingColumns(NULL), or correct the names.";
        }
        if (names != null && !rules.columnsMayExceed()) {
            List<String> extra = new ArrayList<>(names);
            extra.removeAll(wanted);
            if (!extra.isEmpty()) {
                return "The columns "
                        + extra
                        + " are not expected. Allow for them with setExtraColumns(IGNORE).";
            }
        }
        return null;
    }

    /**
     * @throws MalformedRecordException if files with this header are not to be read
     */
    void check() throws MalformedRecordException {
        if (contradiction != null) {
            throw new MalformedRecordException(RecordFileError.COLUMN_COUNT, contradiction);
        }
    }

    /** How many fields a record must have, or -1 if that is not known. */
    int expectedFields() {
        return expectedFields;
    }

    /** Of each column the field that it is, or {@link #NO_FIELD}; not to be modified. */
    int[] fields() {
        return fields;
    }

    int count() {
        return fields.length;
    }
}
