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

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Tells from the first bytes of a file, and from its name, how it is compressed. Pure. */
@Internal
final class CompressionDetector {

    /** What is compressed in another way, or is an archive of several files. */
    private static final Set<String> UNREADABLE_SUFFIXES =
            Set.of(
                    "br", "z", "lz", "lzma", "lzo", "lzop", "lzf", "deflate", "zlib", "zip", "7z",
                    "rar", "tar", "tgz", "tbz", "tbz2", "txz", "tzst");

    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] LZ4 = {0x04, 0x22, 0x4d, 0x18};
    private static final byte[] SNAPPY_FRAMED = {
        (byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'
    };
    private static final byte[] SNAPPY_BLOCKS = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] SEVEN_ZIP = {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c};
    private static final byte[] RAR = "Rar!\u001a\u0007".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] LZIP = {'L', 'Z', 'I', 'P', 1};
    private static final byte[] LZOP = {(byte) 0x89, 'L', 'Z', 'O', 0, 0x0d, 0x0a, 0x1a, 0x0a};
    private static final byte[] LZ4_LEGACY = {0x02, 0x21, 0x4c, 0x18};

    private CompressionDetector() {}

    /**
     * @param head the first bytes of a file that is not empty
     * @return null if it is not compressed
     */
    @Nullable
    static Codec detect(Path path, byte[] head, Compression wanted)
            throws UnsupportedCompressionException {
        if (wanted == Compression.NONE) {
            return null;
        }
        String suffix = suffix(path);
        Codec codec = byContent(head, suffix);
        if (wanted == Compression.AUTO) {
            checkName(path, suffix, codec, head);
        } else if (codec == null || codec.compression() != wanted) {
            throw new UnsupportedCompressionException(
                    "The file "
                            + path
                            + " does not begin like data compressed with "
                            + wanted
                            + ", which is what the source is set to. Correct the file, or set the"
                            + " compression to AUTO or NONE.");
        }
        return codec;
    }

    private static void checkName(Path path, String suffix, @Nullable Codec codec, byte[] head)
            throws UnsupportedCompressionException {
        if (codec == null && isUnreadable(head)) {
            throw unreadable(path, "begins like an archive, or like data compressed in a way");
        }
        if (UNREADABLE_SUFFIXES.contains(suffix)) {
            throw unreadable(path, "has the name of an archive, or of data compressed in a way");
        }
        Codec named = byName(suffix);
        if (named != null && (codec == null || codec.compression() != named.compression())) {
            throw new UnsupportedCompressionException(
                    "The file "
                            + path
                            + " is named like one compressed with "
                            + named.compression()
                            + ", but begins like one "
                            + (codec == null
                                    ? "that is not, or not in a form that can be read"
                                    : "compressed with " + codec.compression())
                            + ". Correct the file or its name, or set the compression of the source"
                            + " to what the files are: "
                            + (codec == null ? Compression.NONE : codec.compression())
                            + '.');
        }
    }

    private static UnsupportedCompressionException unreadable(Path path, String how) {
        return new UnsupportedCompressionException(
                "The file "
                        + path
                        + ' '
                        + how
                        + " that cannot be read. Leave it out, write it with gzip, bzip2, xz, zstd,"
                        + " snappy or lz4, or set the compression to NONE if its bytes are the"
                        + " records.");
    }

    @Nullable
    private static Codec byName(String suffix) {
        for (Codec codec : Codec.values()) {
            if (codec.hasSuffix(suffix)) {
                return codec;
            }
        }
        return null;
    }

    @Nullable
    private static Codec byContent(byte[] head, String suffix) {
        if (isGzip(head)) {
            return Codec.GZIP;
        }
        if (isBzip2(head)) {
            return Codec.BZIP2;
        }
        if (begins(head, 0, XZ)) {
            return Codec.XZ;
        }
        if (begins(head, 0, SNAPPY_FRAMED)) {
            return Codec.SNAPPY_FRAMED;
        }
        if (begins(head, 0, SNAPPY_BLOCKS)) {
            return Codec.SNAPPY_BLOCKS;
        }
        return ofFrames(head, suffix);
    }

    /** Both zstd and lz4 may begin with frames that are to be skipped, and look alike. */
    @Nullable
    private static Codec ofFrames(byte[] head, String suffix) {
        long frame = 0;
        while (frame < head.length && SkippableFrames.isOne(head, (int) frame)) {
            frame += SkippableFrames.length(head, (int) frame);
        }
        int at = (int) Math.min(frame, head.length);
        if (begins(head, at, ZSTD)) {
            return Codec.ZSTD;
        }
        if (begins(head, at, LZ4) || (at > 0 && Codec.LZ4.hasSuffix(suffix))) {
            return Codec.LZ4;
        }
        return at > 0 ? Codec.ZSTD : null;
    }

    private static boolean isGzip(byte[] head) {
        return head.length > 3
                && (head[0] & 0xff) == 0x1f
                && (head[1] & 0xff) == 0x8b
                && head[2] == 8
                && (head[3] & 0xe0) == 0;
    }

    private static boolean isBzip2(byte[] head) {
        return head.length > 3
                && head[0] == 'B'
                && head[1] == 'Z'
                && head[2] == 'h'
                && head[3] >= '1'
                && head[3] <= '9'
                && (begins(head, 4, BZIP2_BLOCK) || begins(head, 4, BZIP2_END));
    }

    private static boolean isUnreadable(byte[] head) {
        return begins(head, 0, ZIP)
                || begins(head, 0, SEVEN_ZIP)
                || begins(head, 0, RAR)
                || begins(head, 0, LZIP)
                || begins(head, 0, LZOP)
                || begins(head, 0, LZ4_LEGACY);
    }

    private static boolean begins(byte[] head, int at, byte[] magic) {
        return head.length - at >= magic.length
                && Arrays.equals(head, at, at + magic.length, magic, 0, magic.length);
    }

    private static String suffix(Path path) {
        String name = path.getName();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
