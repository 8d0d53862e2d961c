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
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Columns by name, and what is done about those that are not there. */
@Timeout(60)
class CsvColumnReaderTest {

    private static final List<String> A_C = List.of("a", "c");

    /** One record of each text, read by one reader after the other. */
    private static List<String> read(ColumnReader reader, CsvFramingBuilder builder, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RecordFramer framer = builder.build().createFramer();
        int from = framer.begin(bytes, 0, bytes.length, true);
        RecordBlock block = new RecordBlock();
        block.reset(bytes, 10, framer.header());
        framer.frame(block, from, bytes.length, true);
        List<String> values = new ArrayList<>();
        for (int record = 0; record < block.records(); record++) {
            reader.read(new BlockRecord(block, record));
            for (int column = 0; column < reader.count(); column++) {
                values.add(reader.name(column) + "=" + value(reader, column));
            }
        }
        return values;
    }

    private static String value(ColumnReader reader, int column) {
        if (reader.kind(column) != ColumnReader.Kind.TEXT) {
            return reader.kind(column).name();
        }
        int from = reader.from(column);
        return new String(
                reader.buffer(column), from, reader.to(column) - from, StandardCharsets.UTF_8);
    }

    private static CsvFramingBuilder csv() {
        return CsvFraming.builder();
    }

    @Test
    void columnsAreFoundByNameWhateverTheirOrderIsInEachFile() throws IOException {
        ColumnReader reader = csv().build().createColumnReader(A_C);
        assertThat(read(reader, csv(), "a,b,c\n1,2,3\n")).containsExactly("a=1", "c=3");
        assertThat(read(reader, csv(), "c,a\n3,1\n4,2\n"))
                .containsExactly("a=1", "c=3", "a=2", "c=4");
    }

    @Test
    void escapesAreResolvedAlsoWhenTheTextsMoveInMemory() throws IOException {
        ColumnReader reader = csv().build().createColumnReader(null);
        String large = "x".repeat(400);
        assertThat(read(reader, csv(), "a,b,c\n\"1\"\"\",2,\"" + large + "\"\"\"\n1,\"\"\"\",3\n"))
                .containsExactly("a=1\"", "b=2", "c=" + large + '"', "a=1", "b=\"", "c=3");
    }

    @Test
    void aColumnThatIsNotInTheHeaderIsAnErrorOrMissing() throws IOException {
        ColumnReader strict = csv().build().createColumnReader(A_C);
        assertThatThrownBy(() -> read(strict, csv(), "a,b\n1,2\n"))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class,
                        e -> assertThat(e.error()).isEqualTo(RecordFileError.COLUMN_COUNT))
                .hasMessageContaining("no columns [c]; the columns are [a, b]");
        ColumnReader generous =
                csv().setMissingColumns(CsvMissing.NULL).build().createColumnReader(A_C);
        assertThat(read(generous, csv(), "a,b\n1,2\n")).containsExactly("a=1", "c=MISSING");
        assertThat(read(generous, csv(), "a,c\n1,2\n")).containsExactly("a=1", "c=2");
    }

    @Test
    void aColumnThatIsNotAskedForIsLeftOutOrAnError() {
        ColumnReader strict = csv().setExtraColumns(CsvExtra.ERROR).build().createColumnReader(A_C);
        assertThatThrownBy(() -> read(strict, csv(), "a,b,c\n1,2,3\n"))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("The columns [b] are not expected");
    }

    @Test
    void recordsThatAreTooShortOrTooLongAreErrorsThatSayHow() throws IOException {
        ColumnReader strict = csv().build().createColumnReader(A_C);
        assertThatThrownBy(() -> read(strict, csv(), "a,b,c\n1,2\n"))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("The record has 2 fields, but there are 3 columns");
        assertThatThrownBy(() -> read(strict, csv(), "a,b,c\n1,2,3,4\n"))
                .hasMessageContaining("The record has 4 fields, but there are 3 columns");

        ColumnReader generous =
                csv().setMissingFields(CsvMissing.NULL)
                        .setExtraFields(CsvExtra.IGNORE)
                        .build()
                        .createColumnReader(null);
        assertThat(read(generous, csv(), "a,b\n1\n2,3,4\n"))
                .containsExactly("a=1", "b=MISSING", "a=2", "b=3");
    }

    @Test
    void columnsWithoutNamesAreNumbered() throws IOException {
        CsvFramingBuilder unnamed = csv().setHeader(CsvHeader.absent());
        ColumnReader all = unnamed.build().createColumnReader(null);
        assertThat(read(all, unnamed, "1,2\n3\n4\n5,6\n"))
                .containsExactly("f0=1", "f1=2", "f0=3", "f0=4", "f0=5", "f1=6");

        ColumnReader some = unnamed.build().createColumnReader(List.of("f2", "f0"));
        assertThat(read(some, unnamed, "1,2,3\n1,2,3,4\n"))
                .containsExactly("f2=3", "f0=1", "f2=3", "f0=1");
        assertThatThrownBy(() -> read(some, unnamed, "1,2\n"))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class, e -> assertThat(e.column()).isEqualTo("f2"))
                .hasMessageContaining("The record has 2 fields, too few for column f2");
        ColumnReader wrong = unnamed.build().createColumnReader(List.of("a"));
        assertThatThrownBy(() -> read(wrong, unnamed, "1\n"))
                .hasMessageContaining("the columns are f0, f1 and so on");
    }

    @Test
    void columnsCanBeNamedWhereThereIsNoHeader() throws IOException {
        CsvFramingBuilder named = csv().setHeader(CsvHeader.absent("a", "b", "c"));
        assertThat(read(named.build().createColumnReader(A_C), named, "1,2,3\n"))
                .containsExactly("a=1", "c=3");
        assertThat(read(named.build().createColumnReader(null), named, "1,2,3\n"))
                .containsExactly("a=1", "b=2", "c=3");
    }
}
