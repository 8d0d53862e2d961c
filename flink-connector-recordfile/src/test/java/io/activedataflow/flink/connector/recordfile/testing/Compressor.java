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

package io.activedataflow.flink.connector.recordfile.testing;

import io.activedataflow.flink.connector.recordfile.format.compression.Compression;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses with libraries that the connector does not decompress with, where there are two. */
public enum Compressor {
    GZIP(Compression.GZIP, "gz", GZIPOutputStream::new),
    BZIP2(Compression.BZIP2, "bz2", out -> new BZip2CompressorOutputStream(out, 1)),
    XZ(Compression.XZ, "xz", out -> new XZOutputStream(out, new LZMA2Options(0))),
    ZSTD(Compression.ZSTD, "zst", out -> new ZstdOutputStreamNoFinalizer(out).setChecksum(true)),
    SNAPPY_FRAMED(Compression.SNAPPY, "sz", SnappyFramedOutputStream::new),
    SNAPPY_BLOCKS(Compression.SNAPPY, "snappy", out -> new SnappyOutputStream(out, 1024)),
    LZ4(
            Compression.LZ4,
            "lz4",
            out ->
                    new LZ4FrameOutputStream(
                            out,
                            BLOCKSIZE.SIZE_4MB,
                            FLG.Bits.BLOCK_INDEPENDENCE,
                            FLG.Bits.CONTENT_CHECKSUM)),
    LZ4_SMALL_BLOCKS(
            Compression.LZ4,
            "lz4",
            out ->
                    new LZ4FrameOutputStream(
                            out,
                            BLOCKSIZE.SIZE_64KB,
                            FLG.Bits.BLOCK_INDEPENDENCE,
                            FLG.Bits.BLOCK_CHECKSUM,
                            FLG.Bits.CONTENT_CHECKSUM));

    private final Compression compression;
    private final String suffix;
    private final Opening opening;

    Compressor(Compression compression, String suffix, Opening opening) {
        this.compression = compression;
        this.suffix = suffix;
        this.opening = opening;
    }

    private interface Opening {
        OutputStream open(OutputStream out) throws IOException;
    }

    public Compression compression() {
        return compression;
    }

    /** A name that ends as files compressed in this way usually do. */
    public String fileName() {
        return "data.csv." + suffix;
    }

    /** One member, frame or stream for each part, one behind the other. */
    public byte[] compress(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            ByteArrayOutputStream member = new ByteArrayOutputStream();
            try (OutputStream out = opening.open(member)) {
                out.write(part);
            }
            member.writeTo(all);
        }
        return all.toByteArray();
    }
}
