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

import io.activedataflow.flink.connector.recordfile.format.BlockScanner;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.util.List;

/**
 * Comma-separated values, and what is written like them.
 *
 * <p>As it comes, a file is text as RFC 4180 describes it: fields have commas between them and may
 * stand in double quotes; in quotes they may contain commas, line breaks and doubled quotes. A line
 * feed, a carriage return or both end a record; the last record needs no end. The first record
 * names the columns, and every record has as many fields. Lines without any character are passed
 * over.
 *
 * <p>A quote that is never closed, or a record that is longer than the largest that is allowed,
 * costs one line: that is the malformed record, and reading goes on with the next line. The same
 * holds for quotes that are {@link CsvStrictness malformed}.
 *
 * <pre>{@code
 * CsvFraming.builder().setDelimiter("|").setHeader(CsvHeader.absent("id", "name")).build();
 * }</pre>
 */
@PublicEvolving
public final class CsvFraming implements RecordFileFraming {

    private static final long serialVersionUID = 1L;

    private final CsvDialect dialect;
    private final CsvColumnRules columnRules;
    private final CsvHeader header;
    private final int skippedLines;
    private final RecordFileSplitting splitting;
    private final String whyNotSplittable;
    private final String description;

    CsvFraming(CsvFramingBuilder builder) {
        dialect = new CsvDialect(builder);
        columnRules = new CsvColumnRules(builder);
        header = builder.header;
        skippedLines = builder.skippedLines;
        splitting = builder.effectiveSplitting();
        whyNotSplittable = builder.whyNotSplittable();
        description = builder.toString();
    }

    /** Begins with the form that the class describes. */
    public static CsvFramingBuilder builder() {
        return new CsvFramingBuilder();
    }

    @Override
    public RecordFramer createFramer() {
        CsvFramer framer = createPlainFramer();
        return dialect.isSimple() ? new FastCsvFramer(dialect, framer) : framer;
    }

    /** The framer that says what is right, as slow as it is. */
    CsvFramer createPlainFramer() {
        return new CsvFramer(dialect, new CsvHead(dialect, header, skippedLines));
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordFileSplitting splitting() {
        return splitting;
    }

    @Override
    public String whyNotSplittable() {
        return whyNotSplittable;
    }

    @Override
    public BlockScanner createScanner() {
        if (splitting != RecordFileSplitting.EXACT) {
            return RecordFileFraming.super.createScanner();
        }
        return new CsvBlockScanner(
                (byte) dialect.quote(), dialect.firstOfDelimiter(), dialect.isKeepingBlankLines());
    }

    @Override
    public ColumnReader createColumnReader(@Nullable List<String> columns) {
        return new CsvColumnReader(columnRules, dialect, columns);
    }

    @Override
    public String toString() {
        return description;
    }
}
