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

import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.format.DelimiterFraming;
import io.activedataflow.flink.connector.recordfile.format.LengthPrefixFraming;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.WholeFileFraming;
import io.activedataflow.flink.connector.recordfile.format.compression.Compression;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The format as Flink's own file source uses it. */
@Timeout(60)
class RecordFileFormatTest {

    private static final String TEXT = "a b c\n\nd\ne f\ng h i";
    private static final List<String> WORDS =
            List.of("a", "b", "c", "", "d", "e", "f", "g", "h", "i");

    @TempDir private java.nio.file.Path directory;

    private static RecordFileFormat<String> words(RecordFileFraming framing) {
        return RecordFileFormat.of(framing, new WordsSchema());
    }

    private record Emitted(String element, long offset, long skip) {}

    private static FileSourceSplit split(
            java.nio.file.Path file, long from, long to, CheckpointedPosition position)
            throws IOException {
        return new FileSourceSplit(
                "split",
                new Path(file.toUri()),
                from,
                to - from,
                Files.getLastModifiedTime(file).toMillis(),
                Files.size(file),
                new String[0],
                position);
    }

    private static List<Emitted> read(RecordFileFormat<String> format, FileSourceSplit split)
            throws IOException {
        List<Emitted> all = new ArrayList<>();
        Configuration config = new Configuration();
        try (BulkFormat.Reader<String> reader =
                split.getReaderPosition().isPresent()
                        ? format.restoreReader(config, split)
                        : format.createReader(config, split)) {
            BulkFormat.RecordIterator<String> batch;
            while ((batch = reader.readBatch()) != null) {
                RecordAndPosition<String> next;
                while ((next = batch.next()) != null) {
                    all.add(
                            new Emitted(
                                    next.getRecord(), next.getOffset(), next.getRecordSkipCount()));
                }
                batch.releaseBatch();
            }
        }
        return all;
    }

    private static List<String> elements(List<Emitted> emitted) {
        return emitted.stream().map(Emitted::element).toList();
    }

    /** Stops after each element, and again after each one behind it. */
    private static void verifyRestores(
            RecordFileFormat<String> format, java.nio.file.Path file, long from, long to)
            throws IOException {
        List<Emitted> all = read(format, split(file, from, to, null));
        for (int k = 0; k < all.size(); k++) {
            List<Emitted> rest = read(format, split(file, from, to, position(all.get(k))));
            assertThat(rest).as("after element %d", k).isEqualTo(all.subList(k + 1, all.size()));
            for (int j = 0; j < rest.size(); j++) {
                assertThat(read(format, split(file, from, to, position(rest.get(j)))))
                        .as("after element %d, then %d", k, j)
                        .isEqualTo(rest.subList(j + 1, rest.size()));
            }
        }
    }

    private static CheckpointedPosition position(Emitted emitted) {
        return new CheckpointedPosition(emitted.offset(), emitted.skip());
    }

    /** Enumerators for Flink's source may leave out size and time of a file. */
    @Test
    void readsFilesOfWhichOnlyTheLengthIsKnown() throws IOException {
        java.nio.file.Path file = Files.writeString(directory.resolve("file"), TEXT);
        Path path = new Path(file.toUri());
        RecordFileFormat<String> format = words(LinesFraming.create());
        FileSourceSplit bare =
                new FileSourceSplit("split", path, 0, TEXT.length(), 0, 0, new String[0]);
        FileSourceSplit untimed =
                new FileSourceSplit(
                        "split", path, 0, TEXT.length(), 0, TEXT.length(), new String[0]);
        FileSourceSplit touched =
                new FileSourceSplit(
                        "split", path, 0, TEXT.length(), 1_000, TEXT.length(), new String[0]);

        assertThat(elements(read(format, bare))).isEqualTo(WORDS);
        assertThat(elements(read(format, untimed))).isEqualTo(WORDS);
        assertThat(elements(read(format, touched))).isEqualTo(WORDS);
    }

    @Test
    void tellsThePositionAfterEachElement() throws IOException {
        java.nio.file.Path file = Files.writeString(directory.resolve("words"), TEXT);

        List<Emitted> emitted =
                read(words(LinesFraming.create()), split(file, 0, TEXT.length(), null));

        assertThat(elements(emitted)).isEqualTo(WORDS);
        assertThat(emitted)
                .startsWith(
                        new Emitted("a", 0, 1),
                        new Emitted("b", 0, 2),
                        new Emitted("c", 6, 0),
                        new Emitted("", 7, 0),
                        new Emitted("d", 9, 0),
                        new Emitted("e", 9, 1),
                        new Emitted("f", 13, 0));
    }

    @Test
    void restoresAfterEveryElement() throws IOException {
        java.nio.file.Path lines = Files.writeString(directory.resolve("lines"), TEXT);
        java.nio.file.Path headed =
                Files.writeString(directory.resolve("headed"), "\uFEFFthe header\n" + TEXT);
        java.nio.file.Path wide =
                Files.writeString(directory.resolve("wide"), TEXT, StandardCharsets.UTF_16);
        byte[] prefixed = {0, 3, 'a', ' ', 'b', 0, 1, 'c', 0, 5, 'd', ' ', 'e', ' ', 'f'};
        java.nio.file.Path binary = Files.write(directory.resolve("binary"), prefixed);

        verifyRestores(words(LinesFraming.create()), lines, 0, Files.size(lines));
        verifyRestores(words(new HeadedLinesFraming()), headed, 0, Files.size(headed));
        verifyRestores(words(LinesFraming.create()), wide, 0, Files.size(wide));
        verifyRestores(
                words(LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN)),
                binary,
                0,
                Files.size(binary));
    }

    @Test
    void restoresAfterEveryElementOfAPart() throws IOException {
        java.nio.file.Path file = Files.writeString(directory.resolve("lines"), TEXT);
        RecordFileFormat<String> format = words(LinesFraming.create());

        for (int cut = 1; cut < TEXT.length(); cut++) {
            List<Emitted> parts = new ArrayList<>(read(format, split(file, 0, cut, null)));
            parts.addAll(read(format, split(file, cut, TEXT.length(), null)));
            assertThat(elements(parts)).as("cut at %d", cut).isEqualTo(WORDS);
            verifyRestores(format, file, 0, cut);
            verifyRestores(format, file, cut, TEXT.length());
        }
    }

    @Test
    void restoresAfterEveryElementOfACompressedFile() throws IOException {
        java.nio.file.Path file = directory.resolve("words.gz");
        for (String part : List.of("a b c\n\nd", "\ne f\n", "g h i")) {
            try (OutputStream member =
                    new GZIPOutputStream(
                            Files.newOutputStream(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
                member.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        RecordFileFormat<String> format = words(LinesFraming.create());

        List<Emitted> emitted = read(format, split(file, 0, Files.size(file), null));

        assertThat(elements(emitted)).isEqualTo(WORDS);
        assertThat(emitted.get(6)).isEqualTo(new Emitted("f", 0, 7));
        verifyRestores(format, file, 0, Files.size(file));
    }

    @Test
    void failsAtTheFirstMalformedRecord() throws IOException {
        java.nio.file.Path file = Files.writeString(directory.resolve("words"), "ok\ntoo long\n");
        RecordFileFormat<String> format =
                words(LinesFraming.create()).withMaxRecordSize(new MemorySize(4));

        assertThatThrownBy(() -> read(format, split(file, 0, Files.size(file), null)))
                .hasMessageContaining("byte 3 of the file")
                .hasMessageContaining("words")
                .hasMessageContaining("TOO_LARGE")
                .hasRootCauseInstanceOf(MalformedRecordException.class);
    }

    @Test
    void refusesAFileThatHasGrownBehindALastRecordWithoutAnEnd() throws IOException {
        java.nio.file.Path file = Files.writeString(directory.resolve("words"), "a\nhalf");
        RecordFileFormat<String> format = words(LinesFraming.create());
        FileSourceSplit split = split(file, 0, Files.size(file), null);
        Files.writeString(file, " a line\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> read(format, split)).isInstanceOf(FileChangedException.class);
    }

    @Test
    void isSplitOnlyWhereAnyLineTellsWhereARecordBegins() {
        RecordFileFormat<String> lines = words(LinesFraming.create());

        assertThat(lines.isSplittable()).isTrue();
        assertThat(lines.withCompression(Compression.NONE).isSplittable()).isTrue();
        assertThat(lines.withCompression(Compression.GZIP).isSplittable()).isFalse();
        assertThat(lines.withCharset(StandardCharsets.UTF_16).isSplittable()).isFalse();
        assertThat(lines.withCharset(StandardCharsets.ISO_8859_1).splitting())
                .isEqualTo(RecordFileSplitting.NEVER);
        assertThat(words(DelimiterFraming.of("|")).isSplittable()).isTrue();
        assertThat(words(WholeFileFraming.text()).isSplittable()).isFalse();
    }

    @Test
    void isSentToTheWorkers() throws Exception {
        RecordFileFormat<String> format =
                words(LinesFraming.create())
                        .withCharset(StandardCharsets.ISO_8859_1)
                        .withCompression(Compression.GZIP)
                        .withMaxRecordSize(MemorySize.ofMebiBytes(1));

        RecordFileFormat<String> copy = InstantiationUtil.clone(format);

        assertThat(copy.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(copy.compression()).isEqualTo(Compression.GZIP);
        assertThat(copy.maxRecordSize()).isEqualTo(MemorySize.ofMebiBytes(1));
        assertThat(copy).hasToString(format.toString());
    }

    @Test
    void refusesSizesThatFitIntoNoArray() {
        RecordFileFormat<String> format = words(LinesFraming.create());

        assertThatThrownBy(() -> format.withMaxRecordSize(MemorySize.ofMebiBytes(600)))
                .hasMessageContaining("512");
        assertThatThrownBy(() -> format.withMaxRecordSize(MemorySize.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
