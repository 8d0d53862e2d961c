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

package io.activedataflow.flink.connector.recordfile.format.compression;

import io.activedataflow.flink.connector.recordfile.testing.Compressor;
import io.activedataflow.flink.connector.recordfile.testing.MemoryFileInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Compressed bytes are never taken for records. */
@Timeout(60)
class CompressionDetectorTest {

    private static final byte[] TEXT = Contents.lines(100, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.csv",
                "data",
                "data.gz.csv",
                "data.",
                ".csv",
                "gz",
                "data.avro",
                "data.snappy.parquet"
            })
    void plainFilesArePlain(String name) throws IOException {
        assertThat(detect(name, TEXT, Compression.AUTO)).isEqualTo(Compression.NONE);
        assertThat(Contents.read(name, TEXT)).isEqualTo(TEXT);
    }

    @Test
    void textThatLooksLikeTheBeginningIsText() throws IOException {
        assertThat(detect("a.csv", "BZh9,name\n".getBytes(), Compression.AUTO))
                .isEqualTo(Compression.NONE);
        assertThat(detect("a.csv", "LZIP,name\n".getBytes(), Compression.AUTO))
                .isEqualTo(Compression.NONE);
        assertThat(detect("a.csv", "PK,name\n".getBytes(), Compression.AUTO))
                .isEqualTo(Compression.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.gz",
                "a.GZIP",
                "a.bz2",
                "a.bzip2",
                "a.xz",
                "a.zst",
                "a.zstd",
                "a.sz",
                "a.snappy",
                "a.lz4"
            })
    void nameThatPromisesTooMuchIsRefused(String name) {
        assertThatThrownBy(() -> Contents.open(name, TEXT))
                .isInstanceOf(UnsupportedCompressionException.class)
                .hasMessageContaining("The file memory:/" + name + " is named like one compressed")
                .hasMessageContaining("but begins like one that is not, or not in a form")
                .hasMessageContaining("NONE");
    }

    @Test
    void nameThatPromisesAnotherCodecIsRefused() throws IOException {
        byte[] stored = Compressor.ZSTD.compress(TEXT);

        assertThatThrownBy(() -> Contents.open("a.csv.gz", stored))
                .isInstanceOf(UnsupportedCompressionException.class)
                .hasMessage(
                        "The file memory:/a.csv.gz is named like one compressed with GZIP, but"
                                + " begins like one compressed with ZSTD. Correct the file or its"
                                + " name, or set the compression of the source to what the files"
                                + " are: ZSTD.");
        assertThat(detect("a.csv.gz", stored, Compression.ZSTD)).isEqualTo(Compression.ZSTD);
        assertThat(detect("a.csv.gz", TEXT, Compression.NONE)).isEqualTo(Compression.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.br",
                "a.lzo",
                "a.Z",
                "a.lz",
                "a.lzma",
                "a.deflate",
                "a.zip",
                "a.7z",
                "a.rar",
                "a.tar",
                "a.tgz",
                "a.csv.BR"
            })
    void nameThatPromisesWhatCannotBeReadIsRefused(String name) throws IOException {
        assertThatThrownBy(() -> Contents.open(name, TEXT))
                .isInstanceOf(UnsupportedCompressionException.class)
                .hasMessageContaining("memory:/" + name)
                .hasMessageContaining("cannot be read. Leave it out, write it with gzip");
        assertThat(detect(name, TEXT, Compression.NONE)).isEqualTo(Compression.NONE);
        assertThat(detect(name, new byte[0], Compression.AUTO)).isEqualTo(Compression.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "504b0304",
                "377abcaf271c",
                "526172211a0700",
                "4c5a495001",
                "894c5a4f000d0a1a0a",
                "02214c18"
            })
    void contentThatCannotBeReadIsRefusedUnderAnyName(String magic) {
        byte[] stored = Contents.joined(HexFormat.of().parseHex(magic), TEXT);

        assertThatThrownBy(() -> Contents.open("a.csv", stored))
                .isInstanceOf(UnsupportedCompressionException.class)
                .hasMessageContaining("begins like an archive");
    }

    @Test
    void zstdAndLz4AreToldApartBehindFramesThatAreSkipped() throws IOException {
        byte[] skipped = HexFormat.of().parseHex("5a2a4d1803000000010203");
        byte[] zstd = Contents.joined(skipped, skipped, Compressor.ZSTD.compress(TEXT));
        byte[] lz4 = Contents.joined(skipped, Compressor.LZ4.compress(TEXT), skipped);

        assertThat(Contents.read("a", zstd)).isEqualTo(TEXT);
        assertThat(Contents.read("a", lz4)).isEqualTo(TEXT);
        assertThatThrownBy(() -> Contents.read("a.lz4", zstd))
                .isInstanceOf(UnsupportedCompressionException.class);
    }

    @Test
    void behindALongFrameTheNameDecides() throws IOException {
        byte[] skipped =
                Contents.joined(HexFormat.of().parseHex("502a4d1800100000"), new byte[4096]);
        byte[] zstd = Contents.joined(skipped, Compressor.ZSTD.compress(TEXT));
        byte[] lz4 = Contents.joined(skipped, Compressor.LZ4.compress(TEXT));

        assertThat(Contents.read("a", zstd)).isEqualTo(TEXT);
        assertThat(Contents.read("a.lz4", lz4)).isEqualTo(TEXT);
        assertThatThrownBy(() -> Contents.read("a", lz4))
                .isInstanceOf(DecompressionException.class);
    }

    @Test
    void plainFileHasNoMembers() {
        assertThatThrownBy(() -> Contents.open("a.csv", TEXT, 10, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not compressed, and was to be read from its member at");
    }

    @Test
    void plainFileIsOneMember() throws IOException {
        try (ByteInput input = Contents.open("a.csv", TEXT, 0, 40)) {
            assertThat(input.offsetInMember()).isEqualTo(40);
            assertThat(input.read(new byte[10], 0, 10)).isEqualTo(10);
            assertThat(input.memberOffset()).isZero();
            assertThat(input.offsetInMember()).isEqualTo(50);
            assertThat(input.storedPosition()).isEqualTo(50);
        }
    }

    private static Compression detect(String name, byte[] stored, Compression wanted)
            throws IOException {
        return ByteInputs.detect(new MemoryFileInput(name, stored, 1), wanted);
    }
}
