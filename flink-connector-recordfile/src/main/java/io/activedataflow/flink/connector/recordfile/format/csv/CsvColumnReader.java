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

    private final CsvColumnRules rules;
    private final @Nullable List<String> wanted;
    private final @Nullable byte[] nullLiteral;
    private final CsvText text;

    private @Nullable CsvColumns columns;
    private @Nullable List<String> header;
    private List<String> names = new ArrayList<>();

    private RecordFileRecord record;
    private byte[] bytes;
    private int fieldCount;

    /** Where the resolved texts of the escaped fields of this record are, by column. */
    private int[] resolvedFrom = new int[0];

    private int[] resolvedTo = new int[0];
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
        record = next;
        bytes = next.buffer();
        fieldCount = next.fieldCount();
        if (columns == null || next.header() != header) {
            findColumns(next.header());
        } else if (wanted == null && columns.expectedFields() < 0) {
            numberColumns();
        }
        columns.check();
        checkCount();
        resolveEscapes();
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
        resolvedFrom = new int[found.count()];
        resolvedTo = new int[found.count()];
        resolved = true;
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
            if (columns.field(column) >= fieldCount) {
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

    private void resolveEscapes() {
        if (resolved) {
            Arrays.fill(resolvedFrom, -1);
            text.clear();
            resolved = false;
        }
        int count = columns.count();
        for (int column = 0; column < count; column++) {
            int field = columns.field(column);
            if (field >= 0
                    && field < fieldCount
                    && (record.fieldFlags(field) & RecordBlock.ESCAPED) != 0) {
                resolved = true;
                resolvedFrom[column] = text.length();
                resolvedTo[column] =
                        text.append(
                                bytes,
                                record.fieldFrom(field),
                                record.fieldTo(field),
                                record.fieldFlags(field));
            }
        }
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
        int field = columns.field(column);
        if (field < 0 || field >= fieldCount) {
            return Kind.MISSING;
        }
        return nullLiteral != null && isNull(field) ? Kind.NULL : Kind.TEXT;
    }

    private boolean isNull(int field) {
        int from = record.fieldFrom(field);
        int to = record.fieldTo(field);
        return to - from == nullLiteral.length
                && (record.fieldFlags(field) & RecordBlock.QUOTED) == 0
                && Arrays.equals(bytes, from, to, nullLiteral, 0, nullLiteral.length);
    }

    @Override
    public byte[] buffer(int column) {
        return resolvedFrom[column] < 0 ? bytes : text.buffer();
    }

    @Override
    public int from(int column) {
        int from = resolvedFrom[column];
        return from < 0 ? record.fieldFrom(columns.field(column)) : from;
    }

    @Override
    public int to(int column) {
        return resolvedFrom[column] < 0
                ? record.fieldTo(columns.field(column))
                : resolvedTo[column];
    }
}
