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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.compression.Compression;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;
import io.activedataflow.flink.connector.recordfile.testing.MemoryFileInput;

import org.apache.flink.core.fs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BlockScanTest {

    private static final String CSV = "h,i\n1,\"2\n\"\n3,4\n";

    private CsvFraming framing = CsvFraming.builder().build();

    private ScannedBlockEvent scan(byte[] content, long offset, long length) throws IOException {
        return new BlockScan(framing, Compression.AUTO, StandardCharsets.UTF_8, 1 << 20)
                .scan(
                        new RecordFileSplit(
                                "scan",
                                new Path("memory:///file.csv"),
                                offset,
                                length,
                                RecordFileSplit.Kind.SCAN,
                                RecordFileIdentity.ofListed(content.length, 0),
                                RecordFilePosition.atOffset(offset),
                                0,
                                ""),
                        new MemoryFileInput("file.csv", content, 3));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void leavesTheHeaderOutAndCountsItsLine() throws IOException {
        ScannedBlockEvent event = scan(utf8(CSV), 0, 8);

        assertThat(event.whyNot()).isNull();
        assertThat(event.summary().togglesQuotes()).isTrue();
        assertThat(event.summary().outside().records()).isZero();
        assertThat(event.summary().outside().lines()).isEqualTo(1);
    }

    @Test
    void looksBeyondAByteOrderMark() throws IOException {
        ScannedBlockEvent event = scan(utf8('\uFEFF' + CSV), 0, utf8('\uFEFF' + CSV).length);

        assertThat(event.whyNot()).isNull();
        assertThat(event.summary().togglesQuotes()).isFalse();
        assertThat(event.summary().outside().records()).isEqualTo(2);
        assertThat(event.summary().outside().lines()).isEqualTo(4);
    }

    @Test
    void laterBlockTellsWhereItsFirstRecordBegins() throws IOException {
        ScannedBlockEvent event = scan(utf8(CSV), 8, CSV.length() - 8);

        assertThat(event.summary().togglesQuotes()).isTrue();
        assertThat(event.summary().inside().firstRecord()).isEqualTo(3);
        assertThat(event.summary().inside().linesBefore()).isEqualTo(2);
    }

    /** What lies before a block belongs to how its first quote is to be understood. */
    @Test
    void noCutMakesARegularFileIrregular() throws IOException {
        byte[] content = utf8("id,text\n1,\"a\n1,\"\"b\"\"\r\nc\"\n\"2\",\"\"\r\n3,\"\"\"\"\n");
        for (int cut = 9; cut < content.length; cut++) {
            long quotes =
                    new String(content, 0, cut, StandardCharsets.UTF_8)
                            .chars()
                            .filter(character -> character == '"')
                            .count();
            BlockSummary before = scan(content, 0, cut).summary();
            BlockSummary behind = scan(content, cut, content.length - cut).summary();

            assertThat(before.outside().irregular()).as("before %s", cut).isFalse();
            assertThat((quotes % 2 == 0 ? behind.outside() : behind.inside()).irregular())
                    .as("behind %s", cut)
                    .isFalse();
            assertThat(before.togglesQuotes()).isEqualTo(quotes % 2 == 1);
        }
    }

    @Test
    void blockOfLengthZeroOnlyAsks() throws IOException {
        framing = CsvFraming.builder().setSplitting(RecordFileSplitting.LINE).build();

        assertThat(scan(utf8(CSV), 0, 0)).isEqualTo(ScannedBlockEvent.splittable("scan"));
    }

    @Test
    void compressedFileCannotBeCut() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(utf8(CSV));
        }
        assertThat(scan(bytes.toByteArray(), 0, 0).whyNot()).contains("compressed");
        assertThat(scan(bytes.toByteArray(), 0, 5).whyNot()).contains("compressed");
    }

    @Test
    void textThatIsNotUtf8CannotBeCut() throws IOException {
        byte[] utf16 = ('\uFEFF' + CSV).getBytes(StandardCharsets.UTF_16LE);

        assertThat(scan(utf16, 0, 0).whyNot()).contains("not in UTF-8");
    }

    @Test
    void blockThatEndsInsideTheHeaderCannotBeCutOff() throws IOException {
        assertThat(scan(utf8(CSV), 0, 2).whyNot()).contains("too long");
    }

    /** As where a job is restored with another form of its files. */
    @Test
    void blockOfAFormatThatIsNotCutExactlyAnyMoreCannotBeScanned() throws IOException {
        framing = CsvFraming.builder().setEscape('\\').build();

        assertThat(scan(utf8(CSV), 0, 8).whyNot()).contains("not cut exactly");
        assertThat(scan(utf8(CSV), 8, 4).whyNot()).contains("not cut exactly");

        framing = CsvFraming.builder().setSplitting(RecordFileSplitting.LINE).build();

        assertThat(scan(utf8(CSV), 0, 8).whyNot()).contains("not cut exactly");
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "EXACT"})
    void fileOfAFormatThatIsNotCutAtLinesAnyMoreCannotBeCut(RecordFileSplitting splitting)
            throws IOException {
        framing = CsvFraming.builder().setSplitting(splitting).build();

        assertThat(scan(utf8(CSV), 0, 0).whyNot()).contains("not cut at line breaks");
    }
}
