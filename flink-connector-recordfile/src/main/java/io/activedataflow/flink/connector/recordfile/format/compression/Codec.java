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

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.util.Set;

/** A form of compressed data, and what reads it. */
@Internal
enum Codec {
    GZIP(Compression.GZIP, "", "gz", "gzip"),
    BZIP2(Compression.BZIP2, "org.apache.commons:commons-compress", "bz2", "bzip2"),
    XZ(Compression.XZ, "org.tukaani:xz", "xz"),
    ZSTD(Compression.ZSTD, "com.github.luben:zstd-jni", "zst", "zstd"),
    SNAPPY_FRAMED(Compression.SNAPPY, "org.xerial.snappy:snappy-java", "sz", "snappy"),
    SNAPPY_BLOCKS(Compression.SNAPPY, "org.xerial.snappy:snappy-java", "sz", "snappy"),
    LZ4(Compression.LZ4, "", "lz4");

    private final Compression compression;
    private final String library;
    private final Set<String> suffixes;

    Codec(Compression compression, String library, String... suffixes) {
        this.compression = compression;
        this.library = library;
        this.suffixes = Set.of(suffixes);
    }

    Compression compression() {
        return compression;
    }

    boolean hasSuffix(String suffix) {
        return suffixes.contains(suffix);
    }

    /**
     * @throws LinkageError if the library is missing
     */
    MemberDecoder newDecoder(StoredBytes stored) throws IOException {
        return switch (this) {
            case GZIP -> new GzipDecoder(stored);
            case BZIP2 -> new Bzip2Decoder(stored);
            case XZ -> new XzDecoder(stored);
            case ZSTD -> new ZstdDecoder(stored);
            case SNAPPY_FRAMED -> new SnappyFramedDecoder(stored);
            case SNAPPY_BLOCKS -> new SnappyBlocksDecoder(stored);
            case LZ4 -> new Lz4Decoder(stored);
        };
    }

    UnsupportedCompressionException missingLibrary(Path path, LinkageError cause) {
        if (library.isEmpty()) {
            throw cause;
        }
        return new UnsupportedCompressionException(
                "The file "
                        + path
                        + " is compressed with "
                        + compression
                        + ", for which the library "
                        + library
                        + " is needed. It is missing or cannot be loaded ("
                        + cause
                        + "). Add it to the job's jar.",
                cause);
    }
}
