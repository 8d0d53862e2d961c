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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Files that are read from positions that somebody has given. */
@Timeout(60)
class PlacedByHandTest {

    private static final String CSV =
            "id,text\n1,one\n2,\"two\nlines\"\n3,three\n4,\"\u00e4 \"\"four\"\"\"\n5,five\n";

    @TempDir Path directory;

    /** A record, by where it begins and what it is. */
    private record Found(long offset, String text, long line, long number) {

        private boolean is(Found other) {
            return offset == other.offset && text.equals(other.text);
        }
    }

    private static RecordFileFormat<byte[]> format(RecordFileFraming framing, Charset charset) {
        return RecordFileFormat.of(framing, RecordFileDeserializationSchema.bytes())
                .withCharset(charset);
    }

    private static List<Found> read(RecordFileFormat<?> format, RecordFileSplit split)
            throws IOException {
        List<Found> found = new ArrayList<>();
        try (FileRecords<?> records = FileRecords.open(format, split)) {
            records.forEach(
                    record ->
                            found.add(
                                    new Found(
                                            record.offset(),
                                            new String(record.bytes(), StandardCharsets.UTF_8),
                                            record.line(),
                                            record.recordNumber())));
        }
        return found;
    }

    private static RecordFileSplit at(RecordFileSplit split, long offset) {
        return new PositionOverrides(
                        Map.of(split.path().toString(), RecordFilePosition.atOffset(offset)))
                .apply(split);
    }

    private static byte[] gzip(byte[] content, int memberBytes) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += memberBytes) {
            try (GZIPOutputStream member = new GZIPOutputStream(file)) {
                member.write(content, at, Math.min(memberBytes, content.length - at));
            }
        }
        return file.toByteArray();
    }

    private void readsTheRestFromEveryRecord(byte[] file, long contentLength, Charset charset)
            throws IOException {
        RecordFileFormat<byte[]> format = format(CsvFraming.builder().build(), charset);
        RecordFileSplit split = FileRecords.write(directory, "x", file);
        List<Found> all = read(format, split);
        assertThat(all).hasSize(5);

        for (int from = 0; from < all.size(); from++) {
            List<Found> rest = read(format, at(split, all.get(from).offset()));
            assertThat(rest)
                    .zipSatisfy(
                            all.subList(from, all.size()),
                            (one, other) -> assertThat(one.is(other)).isTrue())
                    .extracting(Found::line, Found::number)
                    .containsOnly(tuple(-1L, -1L));
        }
        assertThat(read(format, at(split, 0))).isEqualTo(all);
        for (long behind : new long[] {contentLength, contentLength + 1, contentLength + 100_000}) {
            assertThat(read(format, at(split, behind))).as("from %s on", behind).isEmpty();
        }
        assertThatThrownBy(() -> read(format, at(split, 2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("given by hand")
                .hasMessageContaining("begins at byte " + all.get(0).offset());
    }

    @Test
    void goesOnThereOrIsAtItsEnd() throws IOException {
        byte[] content = CSV.getBytes(StandardCharsets.UTF_8);
        readsTheRestFromEveryRecord(content, content.length, StandardCharsets.UTF_8);
    }

    @Test
    void inAFileOfTwoBytesForEachCharacter() throws IOException {
        byte[] content = ("\ufeff" + CSV).getBytes(StandardCharsets.UTF_16LE);
        readsTheRestFromEveryRecord(content, content.length, StandardCharsets.UTF_16LE);
    }

    @Test
    void inACompressedFileWhereverItsMembersEnd() throws IOException {
        byte[] content = CSV.getBytes(StandardCharsets.UTF_8);
        for (int memberBytes : new int[] {5, 1000}) {
            readsTheRestFromEveryRecord(
                    gzip(content, memberBytes), content.length, StandardCharsets.UTF_8);
        }
    }

    /** Every range, whatever had been read of it, and every place. */
    @Test
    void inAFileThatIsReadInRanges() throws IOException {
        RecordFileFormat<byte[]> format = format(LinesFraming.create(), StandardCharsets.UTF_8);
        RecordFileSplit whole =
                FileRecords.write(directory, "x", "one\ntwo\n\nfour\nand five\nsix\n");
        List<Found> all = read(format, whole);
        for (int size = 1; size < whole.length(); size++) {
            List<RecordFileSplit> ranges = cut(whole, size, Kind.READ_CUT);
            for (Found from : all) {
                List<Found> found = new ArrayList<>();
                for (RecordFileSplit range : ranges) {
                    found.addAll(read(format, at(range, from.offset())));
                }
                assertThat(found)
                        .as("ranges of %s from %s on", size, from)
                        .extracting(Found::offset)
                        .isEqualTo(
                                all.stream()
                                        .map(Found::offset)
                                        .filter(offset -> offset >= from.offset())
                                        .toList());
            }
            assertThat(read(format, at(ranges.get(ranges.size() - 1), 1_000_000))).isEmpty();
        }
    }

    @Test
    void inAFileThatIsCutExactly() throws IOException {
        RecordFileFormat<byte[]> format =
                format(CsvFraming.builder().build(), StandardCharsets.UTF_8);
        RecordFileSplit whole = FileRecords.write(directory, "x", CSV);
        List<Found> all = read(format, whole);
        long first = all.get(1).offset();
        long second = all.get(3).offset();
        List<RecordFileSplit> ranges =
                List.of(
                        range(whole, 0, first, Kind.READ),
                        range(whole, first, second, Kind.READ),
                        range(whole, second, whole.length(), Kind.READ));
        for (Found from : all) {
            List<Long> found = new ArrayList<>();
            for (RecordFileSplit range : ranges) {
                read(format, at(range, from.offset())).forEach(one -> found.add(one.offset()));
            }
            assertThat(found)
                    .isEqualTo(
                            all.stream()
                                    .map(Found::offset)
                                    .filter(offset -> offset >= from.offset())
                                    .toList());
        }
    }

    /** A range of a file that turned out to be compressed: the first one reads it all. */
    @Test
    void inACompressedFileThatWasCutWithoutLookingAtIt() throws IOException {
        byte[] content = CSV.getBytes(StandardCharsets.UTF_8);
        RecordFileFormat<byte[]> format =
                format(CsvFraming.builder().build(), StandardCharsets.UTF_8);
        RecordFileSplit whole = FileRecords.write(directory, "x", gzip(content, 20));
        List<Found> all = read(format, whole);
        List<Long> found = new ArrayList<>();
        for (RecordFileSplit range : cut(whole, 30, Kind.READ_CUT)) {
            read(format, at(range, all.get(3).offset())).forEach(one -> found.add(one.offset()));
        }

        assertThat(found).containsExactly(all.get(3).offset(), all.get(4).offset());
    }

    private static List<RecordFileSplit> cut(RecordFileSplit whole, int size, Kind kind) {
        List<RecordFileSplit> ranges = new ArrayList<>();
        for (long begin = 0; begin < whole.length(); begin += size) {
            ranges.add(range(whole, begin, Math.min(begin + size, whole.length()), kind));
        }
        return ranges;
    }

    private static RecordFileSplit range(RecordFileSplit whole, long begin, long end, Kind kind) {
        return new RecordFileSplit(
                whole.splitId() + begin,
                whole.path(),
                begin,
                end - begin,
                kind,
                whole.identity(),
                RecordFilePosition.atOffset(begin),
                0,
                "");
    }
}
