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
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.DelimiterFraming;
import io.activedataflow.flink.connector.recordfile.format.LengthPrefixFraming;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.WholeFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvHeader;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** From bytes to records and their positions. */
@Timeout(60)
class BlockReaderTest {

    private static final FramingHarness LINES = FramingHarness.of(LinesFraming.create());
    private static final FramingHarness QUOTED = FramingHarness.of(new QuotedLinesFraming());
    private static final FramingHarness HEADED = FramingHarness.of(new HeadedLinesFraming());

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhereEachRecordStands() {
        List<SeenRecord> records = LINES.read("ab\r\n\ncde");

        assertThat(records).extracting(SeenRecord::text).containsExactly("ab", "", "cde");
        assertThat(records).extracting(SeenRecord::offset).containsExactly(0L, 4L, 5L);
        assertThat(records).extracting(SeenRecord::length).containsExactly(4L, 1L, 3L);
        assertThat(records).extracting(SeenRecord::line).containsExactly(1L, 2L, 3L);
        assertThat(records).extracting(SeenRecord::recordNumber).containsExactly(1L, 2L, 3L);
        assertThat(records)
                .extracting(SeenRecord::next)
                .containsExactly(
                        RecordFilePosition.at(4, 1, 1),
                        RecordFilePosition.at(5, 2, 2),
                        RecordFilePosition.at(8, 3, 2));
    }

    @Test
    void hasNoRecordsInAnEmptyFile() {
        assertThat(LINES.verifyRestores(new byte[0])).isEmpty();
        assertThat(LINES.verifyRestores(utf8("\uFEFF"))).isEmpty();
    }

    @Test
    void restoresLinesAtEveryRecord() {
        assertThat(LINES.verifyRestores(utf8("one\r\ntwo\n\n\u00e4\u20ac\ud83d\ude00\nlast")))
                .hasSize(5);
        FramingHarness.of(LinesFraming.create().skipBlankLines())
                .verifyRestores(utf8("\n \none\n\n\n\ntwo\n\n"));
    }

    @Test
    void cutsLinesAnywhere() {
        byte[] file = utf8("one\r\ntwo\n\n\n\u00e4\u20ac\ud83d\ude00\r\n\r\nlonger line\nlast");

        LINES.verifyEveryCut(file);
        LINES.verifyEveryTwoCuts(file);
        FramingHarness.of(LinesFraming.create().skipBlankLines()).verifyEveryTwoCuts(file);
    }

    @Test
    void cutsFilesWithAHeaderAndAMarkAnywhere() {
        byte[] file = utf8("\uFEFFheader of the file\nfirst\nsecond\n\nthird");

        assertThat(HEADED.verifyRestores(file))
                .extracting(SeenRecord::text)
                .containsExactly("first", "second", "", "third");
        assertThat(HEADED.read(file).get(0).line()).isEqualTo(2);
        HEADED.verifyEveryCut(file);
        HEADED.verifyEveryTwoCuts(file);
    }

    @Test
    void cutsDelimitedRecordsAnywhere() {
        FramingHarness harness = FramingHarness.of(DelimiterFraming.of("<->"));
        byte[] file = utf8("a<->b<<-><->line\nbreak<-c<->-><->d");

        assertThat(harness.verifyRestores(file))
                .extracting(SeenRecord::text)
                .containsExactly("a", "b<", "", "line\nbreak<-c", "->", "d");
        harness.verifyEveryCut(file);
        harness.verifyEveryTwoCuts(file);
    }

    @Test
    void cutsLargeFilesIntoManyParts() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append(i).append(":").append("x".repeat(random.nextInt(60)));
            text.append(random.nextBoolean() ? "\n" : "\r\n");
        }

        LINES.verifyEvenCuts(utf8(text.toString()));
    }

    @Test
    void givesMoreRecordsThanABlockHolds() {
        String file = "\n".repeat(100_000);

        List<SeenRecord> records = LINES.read(file);

        assertThat(records).hasSize(100_000);
        assertThat(records.get(99_999).line()).isEqualTo(100_000);
        assertThat(records.get(99_999).next())
                .isEqualTo(RecordFilePosition.at(100_000, 100_000, 100_000));
    }

    @Test
    void readsLengthPrefixedRecords() {
        FramingHarness harness =
                FramingHarness.of(LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN));
        byte[] file = {0, 1, 'a', 0, 0, 0, 3, 'b', '\n', 'c', 0, 5, 'd', 'e'};

        List<SeenRecord> records = harness.verifyRestores(file);

        assertThat(records)
                .extracting(SeenRecord::error)
                .containsExactly(null, null, null, RecordFileError.STRUCTURE);
        assertThat(records.get(3).offset()).isEqualTo(10);
        assertThat(records.get(3).next().offset()).isEqualTo(14);
    }

    @Test
    void countsNoLinesWhereThereIsNoText() {
        byte[] file = {0, 1, '\n', 0, 2, '\n', 'c'};
        FramingHarness prefixed =
                FramingHarness.of(LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN));

        for (FramingHarness harness :
                List.of(prefixed, FramingHarness.of(WholeFileFraming.bytes()))) {
            assertThat(harness.verifyRestores(file))
                    .isNotEmpty()
                    .allMatch(record -> record.line() == RecordFilePosition.UNKNOWN)
                    .allMatch(record -> record.next().line() == RecordFilePosition.UNKNOWN);
        }
        RecordFileSplit withLine =
                FramingHarness.split(
                        file,
                        RecordFileSplit.Kind.READ,
                        0,
                        file.length,
                        RecordFilePosition.at(3, 1, 1));
        assertThat(prefixed.read(file, withLine, 4096))
                .extracting(SeenRecord::line, SeenRecord::recordNumber)
                .containsExactly(tuple(-1L, 2L));
    }

    @Test
    void readsWholeFiles() {
        assertThat(FramingHarness.of(WholeFileFraming.text()).verifyRestores(utf8("\uFEFFa\nb\n")))
                .extracting(SeenRecord::text)
                .containsExactly("a\nb\n");
        assertThat(FramingHarness.of(WholeFileFraming.bytes()).texts(utf8("\uFEFFa")).get(0))
                .hasSize(4);
    }

    @Test
    void givesUpLinesThatAreTooLarge() {
        byte[] file =
                utf8(
                        "ok\n"
                                + "x".repeat(5000)
                                + "\r\nexactly10\n"
                                + "y".repeat(10)
                                + "\nz\n"
                                + "w".repeat(3000));

        List<SeenRecord> records = LINES.withMaxRecordSize(10).verifyRestores(file);

        assertThat(records)
                .extracting(SeenRecord::text)
                .containsExactly(
                        "ok", "x".repeat(10), "exactly10", "y".repeat(10), "z", "w".repeat(10));
        assertThat(records)
                .extracting(SeenRecord::error)
                .containsExactly(
                        null,
                        RecordFileError.TOO_LARGE,
                        null,
                        RecordFileError.TOO_LARGE,
                        null,
                        RecordFileError.TOO_LARGE);
        assertThat(records).extracting(SeenRecord::line).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(records.get(1).length()).isEqualTo(5002);
    }

    @Test
    void givesUpRecordsThatAreTooLargeWhereverTheFileIsCut() {
        byte[] file = utf8("ok\n\n" + "x".repeat(50) + "\nten chars\n" + "y".repeat(30) + "\nz");

        LINES.withMaxRecordSize(10).verifyEveryCut(file);
        LINES.withMaxRecordSize(10).verifyEveryTwoCuts(file);
        FramingHarness.of(LinesFraming.create().skipBlankLines())
                .withMaxRecordSize(10)
                .verifyEveryCut(file);
    }

    @Test
    void givesUpOtherRecordsThatAreTooLarge() {
        byte[] delimited = utf8("a<->" + "x\n".repeat(2000) + "<-><->" + "y".repeat(12) + "<->b");
        byte[] prefixed = new byte[5000];
        prefixed[0] = 0x10;
        prefixed[0x1002 + 1] = 2;

        assertThat(
                        FramingHarness.of(DelimiterFraming.of("<->"))
                                .withMaxRecordSize(12)
                                .verifyRestores(delimited))
                .extracting(SeenRecord::error)
                .containsExactly(
                        null, RecordFileError.TOO_LARGE, null, RecordFileError.TOO_LARGE, null);
        List<SeenRecord> records =
                FramingHarness.of(LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN))
                        .withMaxRecordSize(100)
                        .read(prefixed);
        assertThat(records.get(0).error()).isEqualTo(RecordFileError.TOO_LARGE);
        assertThat(records.get(0).length()).isEqualTo(0x1002);
        assertThat(records.get(1).offset()).isEqualTo(0x1002 + 2);
        assertThat(records.get(1).length()).isEqualTo(2);
    }

    @Test
    void losesOneRecordToAnUnclosedQuote() {
        byte[] file = utf8("a\n\"b\n\nc\n\"d\"\n\"e\nf");

        List<SeenRecord> closed = QUOTED.read(file);
        List<SeenRecord> unclosed = QUOTED.verifyRestores(utf8("a\n\"b\nc\nd"));
        List<SeenRecord> large = QUOTED.withMaxRecordSize(6).verifyRestores(file);

        assertThat(closed).extracting(SeenRecord::text).contains("\"b\n\nc\n\"d\"\n\"e");
        assertThat(unclosed).extracting(SeenRecord::text).containsExactly("a", "\"b", "c", "d");
        assertThat(unclosed)
                .extracting(SeenRecord::error)
                .containsExactly(null, RecordFileError.STRUCTURE, null, null);
        assertThat(large).extracting(SeenRecord::text).contains("a", "\"b", "", "c", "f");
    }

    @Test
    void refusesCutsInsideOfRecordsWithLineBreaks() {
        byte[] file = utf8("first\n\"two\nlines\"\nthird\n");

        assertThatThrownBy(() -> QUOTED.readCut(file, 64, 8))
                .hasMessageContaining("cannot be cut at byte 8")
                .hasMessageContaining("memory:/file");
        for (int cut = 1; cut < file.length; cut++) {
            long place = cut;
            if (cut <= 6 || cut > 11) {
                assertThat(QUOTED.readCut(file, 3, cut)).hasSize(3);
            } else {
                assertThatThrownBy(() -> QUOTED.readCut(file, 3, place))
                        .as("cut at %d", cut)
                        .hasMessageContaining("cannot be cut at byte " + place);
            }
        }
    }

    @Test
    void readsExactParts() {
        byte[] file = utf8("first\n\"two\nlines\"\nthird\n");

        for (int chunk : new int[] {1, 3, 64}) {
            assertThat(QUOTED.readExact(file, 0, 6, chunk))
                    .extracting(SeenRecord::text)
                    .containsExactly("first");
            assertThat(QUOTED.readExact(file, 6, 18, chunk))
                    .extracting(SeenRecord::text)
                    .containsExactly("\"two\nlines\"");
            assertThat(QUOTED.readExact(file, 18, 24, chunk))
                    .extracting(SeenRecord::text)
                    .containsExactly("third");
        }
    }

    @Test
    void refusesPartsThatAreNotExact() {
        byte[] file = utf8("first\n\"two\nlines\"\nthird\n");

        for (long end : new long[] {3, 5, 9, 11, 17, 20}) {
            assertThatThrownBy(() -> QUOTED.readExact(file, 0, end, 64))
                    .as("end at %d", end)
                    .hasMessageContaining("byte " + end)
                    .hasMessageContaining("inside of a record");
        }
    }

    @Test
    void readsUtf16AtEveryRecord() {
        String text = "\u00e4\nb\ud83d\ude00\r\n\n\ud800x\n\udc00\n\u20ac";
        ByteArrayOutputStream big = new ByteArrayOutputStream();
        ByteArrayOutputStream little = new ByteArrayOutputStream();
        big.writeBytes(new byte[] {(byte) 0xFE, (byte) 0xFF});
        little.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE});
        for (char unit : text.toCharArray()) {
            big.writeBytes(new byte[] {(byte) (unit >> 8), (byte) unit});
            little.writeBytes(new byte[] {(byte) unit, (byte) (unit >> 8)});
        }
        little.write('\n');

        List<SeenRecord> records = LINES.verifyRestores(big.toByteArray());
        List<SeenRecord> odd = LINES.verifyRestores(little.toByteArray());

        assertThat(records)
                .extracting(SeenRecord::offset)
                .containsExactly(2L, 6L, 16L, 18L, 24L, 28L);
        assertThat(records.get(1).raw()).isEqualTo("\0b\u00d8\u003d\u00de\0");
        assertThat(records.get(3).raw()).isEqualTo("\u00d8\0\0x");
        assertThat(odd.get(5).raw()).isEqualTo("\u00ac\u0020\n");
        assertThat(odd.get(5).length()).isEqualTo(3);
        LINES.verifyEveryCut(big.toByteArray());
        LINES.withMaxRecordSize(3).verifyRestores(little.toByteArray());
    }

    @Test
    void readsSingleByteCharsets() {
        byte[] file = {'a', (byte) 0xE4, '\n', (byte) 0x80, (byte) 0x81, '\n', (byte) 0xFF};

        List<SeenRecord> latin1 =
                LINES.withCharset(StandardCharsets.ISO_8859_1).verifyRestores(file);
        List<SeenRecord> windows =
                LINES.withCharset(java.nio.charset.Charset.forName("windows-1252"))
                        .verifyRestores(file);

        assertThat(latin1).extracting(SeenRecord::offset).containsExactly(0L, 3L, 6L);
        assertThat(latin1.get(0).text().getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(utf8("a\u00e4"));
        assertThat(windows.get(1).text().getBytes(StandardCharsets.ISO_8859_1))
                .startsWith(utf8("\u20ac"));
        assertThat(windows.get(1).raw()).isEqualTo("\u0080\u0081");
        LINES.withCharset(StandardCharsets.ISO_8859_1).withMaxRecordSize(3).verifyRestores(file);
    }

    @Test
    void refusesCharsetsWithLongCharacters() {
        assertThatThrownBy(() -> LINES.withCharset(java.nio.charset.Charset.forName("GBK")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GBK");
    }

    /** Behind it, a quote that closes looks like one that opens, up to the end of the part. */
    @Test
    void exactPartIsReadOnAlsoBehindARecordThatWasGivenUp() {
        FramingHarness quoted =
                FramingHarness.of(
                                CsvFraming.builder().setHeader(CsvHeader.absent("a", "b")).build())
                        .withMaxRecordSize(12);
        byte[] file = utf8("a,\"bbbbbbbbbbbb\n\",y\nz,1\nw,2\n");
        int end = file.length - 4;
        List<SeenRecord> all = quoted.readExact(file, 0, end, 7);
        RecordFileSplit part =
                FramingHarness.split(
                        file, RecordFileSplit.Kind.READ, 0, end, RecordFilePosition.START);
        RecordFileSplit restored = part.at(all.get(0).next(), part.identity(), 1);

        assertThat(all.get(0).error()).isNotNull();
        assertThat(quoted.read(file, restored, 7)).hasSize(all.size() - 1);
        assertThatThrownBy(
                        () -> quoted.read(file, part.at(all.get(0).next(), part.identity(), 0), 7))
                .hasMessageContaining("inside of a record");
    }
}
