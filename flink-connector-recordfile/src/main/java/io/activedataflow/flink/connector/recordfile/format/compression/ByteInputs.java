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

import io.activedataflow.flink.connector.recordfile.client.FileInput;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/** Makes of an open file what comes out when it is decompressed. */
@Internal
public final class ByteInputs {

    private ByteInputs() {}

    /**
     * How a file is compressed.
     *
     * @param wanted what the user has said; {@link Compression#AUTO} to find out
     * @return never {@link Compression#AUTO}; {@link Compression#NONE} for empty files
     * @throws UnsupportedCompressionException if that cannot be read, or content and name, or
     *     content and {@code wanted}, disagree
     */
    public static Compression detect(FileInput file, Compression wanted) throws IOException {
        Codec codec = codec(file, wanted);
        return codec == null ? Compression.NONE : codec.compression();
    }

    /** As {@link #open(FileInput, Compression, long, long, boolean)}; the position is there. */
    public static ByteInput open(
            FileInput file, Compression compression, long memberOffset, long offsetInMember)
            throws IOException {
        return open(file, compression, memberOffset, offsetInMember, false);
    }

    /**
     * Reads a file from a position on.
     *
     * @param file is closed with the result, or if this fails
     * @param compression as for {@link #detect}
     * @param memberOffset 0, or what {@link ByteInput#memberOffset} has said
     * @param offsetInMember how many bytes of the content from there on are left out
     * @param mayLieBehindEnd whether there is nothing to read at a position that is not there;
     *     otherwise that is an error where it is noticed
     */
    public static ByteInput open(
            FileInput file,
            Compression compression,
            long memberOffset,
            long offsetInMember,
            boolean mayLieBehindEnd)
            throws IOException {
        ByteInput input = null;
        try {
            Codec codec = codec(file, compression);
            if (codec == null) {
                checkPlainPosition(file, memberOffset);
                file.seek(offsetInMember);
                return new PlainInput(file);
            }
            MemberInput members = new MemberInput(file, codec);
            input = members;
            members.goTo(memberOffset, offsetInMember, mayLieBehindEnd);
            return members;
        } catch (Throwable e) {
            if (input == null) {
                file.close();
            } else {
                input.close();
            }
            throw e;
        }
    }

    @Nullable
    private static Codec codec(FileInput file, Compression wanted) throws IOException {
        // Whatever an empty file is called, there is nothing in it.
        return file.size() == 0
                ? null
                : CompressionDetector.detect(file.path(), file.head(), wanted);
    }

    private static void checkPlainPosition(FileInput file, long memberOffset) throws IOException {
        if (memberOffset != 0) {
            throw new IOException(
                    "The file "
                            + file.path()
                            + " is not compressed, and was to be read from its member at byte "
                            + memberOffset
                            + " on. It is not the file that this position was taken from; read it"
                            + " from its beginning.");
        }
    }
}
