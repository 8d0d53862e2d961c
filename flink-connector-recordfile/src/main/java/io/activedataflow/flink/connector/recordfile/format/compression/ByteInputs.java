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

import java.io.IOException;

/** Makes of an open file what comes out when it is decompressed. */
@Internal
public final class ByteInputs {

    private ByteInputs() {}

    /**
     * How a file is compressed.
     *
     * @param wanted what the user has said; only {@link Compression#AUTO} is looked into
     * @return never {@link Compression#AUTO}; {@link Compression#NONE} for empty files
     * @throws UnsupportedCompressionException if that cannot be read, or name and content disagree
     */
    public static Compression detect(FileInput file, Compression wanted) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads a file from a position on.
     *
     * @param file is closed with the result, or if this fails
     * @param compression as for {@link #detect}
     * @param memberOffset 0, or what {@link ByteInput#memberOffset} has said
     * @param offsetInMember how many bytes of the content from there on are left out
     */
    public static ByteInput open(
            FileInput file, Compression compression, long memberOffset, long offsetInMember)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
