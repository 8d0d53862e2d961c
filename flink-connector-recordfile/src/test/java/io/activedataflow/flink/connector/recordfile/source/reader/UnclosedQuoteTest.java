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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvHeader;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of a quote that is never closed, in simple dialects and in others. */
@Timeout(60)
class UnclosedQuoteTest {

    @TempDir Path directory;

    private List<RecordFileErrorInfo> errors(boolean simple, String content) throws IOException {
        CsvFraming framing =
                CsvFraming.builder()
                        .setHeader(CsvHeader.absent("a", "b"))
                        .setTrimming(!simple)
                        .build();
        List<RecordFileErrorInfo> errors = new ArrayList<>();
        try (FileRecords<?> records =
                FileRecords.open(
                        RecordFileFormat.of(framing, RecordFileDeserializationSchema.text()),
                        FileRecords.write(directory, "x.csv", content))) {
            records.forEach(record -> errors.add(record.error()));
        }
        return errors;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theMessageNamesTheQuoteAndWhereItOpens(boolean simple) throws IOException {
        assertThat(errors(simple, "1,a\n\"2\",\"b\n" + "3,c\n".repeat(100_000)))
                .filteredOn(error -> error != null)
                .containsExactly(
                        new RecordFileErrorInfo(
                                RecordFileError.STRUCTURE,
                                "The quote that field 2 begins with, 4 bytes behind the beginning"
                                        + " of the record, is never closed."));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alsoWhereItIsTheLastByteOrSeveralAreLeftOpen(boolean simple) throws IOException {
        assertThat(errors(simple, "1,a\n\""))
                .last()
                .extracting(RecordFileErrorInfo::message)
                .asString()
                .contains("field 1 begins with, 0 bytes");
        // What comes second is text after the quote that closes.
        assertThat(errors(simple, "\"1,a\n2,b\n\"3,c\n4,d\n"))
                .extracting(error -> error == null ? "" : error.message())
                .satisfiesExactly(
                        first -> assertThat(first).contains("text stands after"),
                        second -> assertThat(second).isEmpty(),
                        third -> assertThat(third).contains("field 1 begins with, 0 bytes"),
                        fourth -> assertThat(fourth).isEmpty());
    }
}
