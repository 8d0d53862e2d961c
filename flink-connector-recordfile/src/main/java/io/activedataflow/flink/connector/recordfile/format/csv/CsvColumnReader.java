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
import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the columns of CSV records by name. */
@Internal
final class CsvColumnReader implements ColumnReader {

    private static final byte[] NOTHING = {};

    /** Instead of where a value begins. */
    private static final int MISSING = -1;

    private static final int NULL = -2;

    private final CsvColumnRules rules;
    private final @Nullable List<String> wanted;
    private final @Nullable byte[] nullLiteral;
    private final CsvText text;

    private @Nullable CsvColumns columns;
    private @Nullable List<String> header;
    private List<String> names = new ArrayList<>();

    private byte[] bytes = NOTHING;
    private int fieldCount;

    /** Of each column of this record: where its value begins, or why there is none. */
    private int[] from = {};

    private int[] to = {};
    private int[] flags = {};

    /** Whether a column had escapes, so that its value is in {@link #text}. */
    private boolean resolved;

    /**
     * @param wanted the columns wanted, or null for all columns of each record
     */
    CsvColumnReader(CsvColumnRules rules, CsvDialect dialect, @Nullable List<String> wanted) {
        this.rules = rules;
        this.wanted = wanted == null ? null : List.copyOf(wanted);
        nullLiteral = rules.nullLiteral();
        text = new CsvText(dialect);
    }

    @Override
    public void read(RecordFileRecord next) throws MalformedRecordException {
        bytes = next.buffer();
        fieldCount = next.fieldCount();
        if (columns == null || next.header() != header) {
            findColumns(next.header());
        } else if (wanted == null && columns.expectedFields() < 0) {
            numberColumns();
        }
        columns.check();
        checkCount();
        takeFields(next);
    }

    private void findColumns(@Nullable List<String> newHeader) {
        header = newHeader;
        List<String> known = newHeader == null ? rules.givenNames() : newHeader;
        if (wanted == null && known == null) {
            numberColumns();
            return;
        }
        names = wanted == null ? known : wanted;
        use(new CsvColumns(rules, names, known));
    }

    /** All columns of records that may have any number of them. */
    private void numberColumns() {
        if (columns == null || names.size() != fieldCount) {
            List<String> numbered = new ArrayList<>();
            for (int field = 0; field < fieldCount; field++) {
                numbered.add(CsvColumns.nameOf(field));
            }
            names = numbered;
            use(new CsvColumns(rules, names, null));
        }
    }

    private void use(CsvColumns found) {
        columns = found;
        from = new int[found.count()];
        to = new int[found.count()];
        flags = new int[found.count()];
    }

    private void checkCount() throws MalformedRecordException {
        int expected = columns.expectedFields();
        if (fieldCount == expected) {
            return;
        }
        if (expected < 0) {
            checkNumbered();
        } else if (fieldCount < expected ? !rules.fieldsMayMiss() : !rules.fieldsMayExceed()) {
            throw new MalformedRecordException(
                    RecordFileError.COLUMN_COUNT,
                    "The record has "
                            + fieldCount
                            + " fields, but there are "
                            + expected
                            + " columns. Allow for it with "
                            + (fieldCount < expected
                                    ? "setMissingFields(NULL)."
                                    : "setExtraFields(IGNORE)."));
        }
    }

    /** Without names there is no right number of fields, but those wanted must be there. */
    private void checkNumbered() throws MalformedRecordException {
        for (int column = 0; column < columns.count() && !rules.fieldsMayMiss(); column++) {
            if (columns.fields()[column] >= fieldCount) {
                throw new MalformedRecordException(
                        RecordFileError.COLUMN_COUNT,
                        names.get(column),
                        "The record has "
                                + fieldCount
                                + " fields, too few for column "
                                + names.get(column)
                                + ". Allow for it with setMissingFields(NULL).",
                        null);
            }
        }
    }

    private void takeFields(RecordFileRecord record) {
        if (resolved) {
            text.clear();
            resolved = false;
        }
        int[] fields = columns.fields();
        for (int column = 0; column < fields.length; column++) {
            int field = fields[column];
            if (field < 0 || field >= fieldCount) {
                from[column] = MISSING;
                continue;
            }
            // All is asked for before anything is noted, so that it is looked up once.
            int fieldFrom = record.fieldFrom(field);
            int fieldTo = record.fieldTo(field);
            int fieldFlags = record.fieldFlags(field);
            from[column] = fieldFrom;
            to[column] = fieldTo;
            flags[column] = fieldFlags;
            if (fieldFlags != RecordBlock.QUOTED && (nullLiteral != null || fieldFlags != 0)) {
                takeSpecial(column);
            }
        }
    }

    private void takeSpecial(int column) {
        if (nullLiteral != null && isNull(column)) {
            from[column] = NULL;
        } else if ((flags[column] & RecordBlock.ESCAPED) != 0) {
            resolve(column);
        }
    }

    private boolean isNull(int column) {
        return (flags[column] & RecordBlock.QUOTED) == 0
                && Arrays.equals(
                        bytes, from[column], to[column], nullLiteral, 0, nullLiteral.length);
    }

    private void resolve(int column) {
        resolved = true;
        int start = text.length();
        int end = text.append(bytes, from[column], to[column], flags[column]);
        from[column] = start;
        to[column] = end;
    }

    @Override
    public int count() {
        return columns.count();
    }

    @Override
    public String name(int column) {
        return names.get(column);
    }

    @Override
    public Kind kind(int column) {
        int start = from[column];
        return start >= 0 ? Kind.TEXT : start == MISSING ? Kind.MISSING : Kind.NULL;
    }

    @Override
    public byte[] buffer(int column) {
        return (flags[column] & RecordBlock.ESCAPED) == 0 ? bytes : text.buffer();
    }

    @Override
    public int from(int column) {
        return from[column];
    }

    @Override
    public int to(int column) {
        return to[column];
    }
}
