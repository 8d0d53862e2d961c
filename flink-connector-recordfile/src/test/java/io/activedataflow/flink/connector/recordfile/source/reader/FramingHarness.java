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
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;
import io.activedataflow.flink.connector.recordfile.format.compression.Compression;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.testing.MemoryFileAccess;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads files in memory with one framing in every way in which they can be read, and makes sure
 * that the records are always the same: in pieces of any size, stopped after any record and
 * restored twice, cut anywhere. Immutable.
 */
public final class FramingHarness {

    private static final int[] CHUNKS = {1, 2, 3, 7, 64, 4096};
    private static final int LARGE_CHUNK = 1 << 20;

    private final RecordFileFormat<byte[]> format;

    private FramingHarness(RecordFileFormat<byte[]> format) {
        this.format = format;
    }

    public static FramingHarness of(RecordFileFraming framing) {
        return new FramingHarness(RecordFileFormat.of(framing, new Bytes()));
    }

    public FramingHarness withCharset(Charset charset) {
        return new FramingHarness(format.withCharset(charset));
    }

    public FramingHarness withCompression(Compression compression) {
        return new FramingHarness(format.withCompression(compression));
    }

    public FramingHarness withMaxRecordSize(long bytes) {
        return new FramingHarness(format.withMaxRecordSize(new MemorySize(bytes)));
    }

    /** All records of a file, read in one piece from beginning to end. */
    public List<SeenRecord> read(byte[] file) {
        return read(file, whole(file), LARGE_CHUNK);
    }

    public List<SeenRecord> read(String utf8) {
        return read(utf8.getBytes(StandardCharsets.UTF_8));
    }

    public List<String> texts(byte[] file) {
        return read(file).stream().map(SeenRecord::text).toList();
    }

    public List<String> texts(String utf8) {
        return texts(utf8.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads in pieces of all sizes, stops after each record, and after each record behind it. */
    public List<SeenRecord> verifyRestores(byte[] file) {
        List<SeenRecord> all = read(file);
        List<SeenRecord> expected = wherever(all);
        for (int chunk : CHUNKS) {
            assertThat(wherever(read(file, whole(file), chunk)))
                    .as("read in chunks of %d bytes", chunk)
                    .isEqualTo(expected);
            verifyRestores(file, all, chunk);
        }
        return all;
    }

    private void verifyRestores(byte[] file, List<SeenRecord> all, int chunk) {
        List<SeenRecord> expected = wherever(all);
        for (int k = 0; k < all.size(); k++) {
            List<SeenRecord> rest = read(file, from(file, all.get(k).next()), chunk);
            assertThat(wherever(rest))
                    .as("restored after %s, chunks of %d bytes", all.get(k), chunk)
                    .isEqualTo(expected.subList(k + 1, all.size()));
            for (int j = 0; j < rest.size(); j++) {
                assertThat(wherever(read(file, from(file, rest.get(j).next()), chunk)))
                        .as("restored after %s, then after %s", all.get(k), rest.get(j))
                        .isEqualTo(expected.subList(k + 1 + j + 1, all.size()));
            }
        }
    }

    /** Cuts a file in two at every byte. */
    public void verifyEveryCut(byte[] file) {
        List<SeenRecord> expected = withoutNumbers(read(file));
        for (int chunk : CHUNKS) {
            for (int cut = 1; cut < file.length; cut++) {
                verifyCuts(file, expected, chunk, cut);
            }
        }
    }

    /** Cuts a file in three at every two bytes. */
    public void verifyEveryTwoCuts(byte[] file) {
        List<SeenRecord> expected = withoutNumbers(read(file));
        for (int first = 1; first < file.length; first++) {
            for (int second = first + 1; second < file.length; second++) {
                verifyCuts(file, expected, 7, first, second);
            }
        }
    }

    /** Cuts a file into 2 to 64 parts of the same size. */
    public void verifyEvenCuts(byte[] file) {
        List<SeenRecord> expected = withoutNumbers(read(file));
        for (int parts = 2; parts <= 64; parts++) {
            long[] cuts = new long[parts - 1];
            for (int i = 1; i < parts; i++) {
                cuts[i - 1] = (long) file.length * i / parts;
            }
            verifyCuts(file, expected, 4096, cuts);
        }
    }

    private void verifyCuts(byte[] file, List<SeenRecord> expected, int chunk, long... cuts) {
        assertThat(withoutNumbers(readCut(file, chunk, cuts)))
                .as("cut at %s, chunks of %d bytes", cuts, chunk)
                .isEqualTo(expected);
    }

    /** Reads the parts of a file that is cut, one after another. */
    public List<SeenRecord> readCut(byte[] file, int chunk, long... cuts) {
        List<SeenRecord> records = new ArrayList<>();
        for (int i = 0; i <= cuts.length; i++) {
            long from = i == 0 ? 0 : cuts[i - 1];
            long to = i == cuts.length ? file.length : cuts[i];
            records.addAll(
                    read(
                            file,
                            split(
                                    file,
                                    RecordFileSplit.Kind.READ_CUT,
                                    from,
                                    to,
                                    RecordFilePosition.atOffset(from)),
                            chunk));
        }
        return records;
    }

    /** Reads one part of a file that is said to be cut between records. */
    public List<SeenRecord> readExact(byte[] file, long from, long to, int chunk) {
        return read(
                file,
                split(file, RecordFileSplit.Kind.READ, from, to, RecordFilePosition.atOffset(from)),
                chunk);
    }

    List<SeenRecord> read(byte[] file, RecordFileSplit split, int chunk) {
        List<SeenRecord> records = new ArrayList<>();
        RecordCursor cursor = new RecordCursor(split.path().toString(), 0, java.util.Map.of());
        BlockPool pool = new BlockPool(chunk);
        try (BlockReader reader =
                format.openBlocks(
                        new MemoryFileAccess(file, Math.max(1, chunk - 1)),
                        split,
                        ReadControl.silent(),
                        pool)) {
            FileBlock block;
            while ((block = reader.next()) != null) {
                assertThat(block.recordCount()).isPositive();
                for (int i = 0; i < block.recordCount(); i++) {
                    cursor.moveTo(block, i);
                    records.add(SeenRecord.of(cursor));
                }
                block.recycle();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static RecordFileSplit whole(byte[] file) {
        return from(file, RecordFilePosition.START);
    }

    private static RecordFileSplit from(byte[] file, RecordFilePosition position) {
        return split(file, RecordFileSplit.Kind.READ, 0, file.length, position);
    }

    static RecordFileSplit split(
            byte[] file,
            RecordFileSplit.Kind kind,
            long from,
            long to,
            RecordFilePosition position) {
        return new RecordFileSplit(
                "split",
                new Path("memory:///file"),
                from,
                to - from,
                kind,
                RecordFileIdentity.ofListed(file.length, 0),
                position,
                0,
                "");
    }

    private static List<SeenRecord> wherever(List<SeenRecord> records) {
        return records.stream().map(SeenRecord::wherever).toList();
    }

    private static List<SeenRecord> withoutNumbers(List<SeenRecord> records) {
        return records.stream().map(SeenRecord::withoutNumbers).toList();
    }

    private static final class Bytes implements RecordFileDeserializationSchema<byte[]> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(RecordFileRecord record, Collector<byte[]> out) {
            out.collect(record.bytes());
        }

        @Override
        public TypeInformation<byte[]> getProducedType() {
            return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        }
    }
}
