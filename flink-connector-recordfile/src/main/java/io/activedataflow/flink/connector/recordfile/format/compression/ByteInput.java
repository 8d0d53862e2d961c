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

import java.io.Closeable;
import java.io.IOException;

/**
 * The content of a file, decompressed where it is compressed, with positions to which reading can
 * return. One thread; {@link #abort} may be called by any.
 */
@Internal
public interface ByteInput extends Closeable {

    /**
     * Reads at least one byte, if there is one. What one call reads lies in one member.
     *
     * @return how many bytes were read, or -1 at the end of the content
     */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /**
     * Where, in the file as it is stored, the member or frame begins that contains the next byte.
     * Files that are not compressed are one member, which begins at 0.
     *
     * <p>Between two members this may still be the first one, with {@link #offsetInMember} its
     * length; from there, too, reading goes on exactly. After a read of n bytes they are those of
     * this member that lie before {@link #offsetInMember}: so their beginning is known exactly.
     */
    long memberOffset();

    /** How many bytes of the member's content lie before the next byte. */
    long offsetInMember();

    /** How many bytes of the file as it is stored have been read so far. */
    long storedPosition();

    void abort();

    @Override
    void close() throws IOException;
}
