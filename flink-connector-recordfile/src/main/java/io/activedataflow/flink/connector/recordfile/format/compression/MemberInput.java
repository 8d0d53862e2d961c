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

/** The content of a compressed file, which is that of all its members. */
@Internal
final class MemberInput implements ByteInput {

    private static final int SKIP_BYTES = 32 * 1024;

    private final FileInput file;
    private final Codec codec;
    private final StoredBytes stored;
    private final MemberDecoder decoder;
    private long memberOffset;
    private long offsetInMember;
    private boolean inMember;
    @Nullable private IOException failure;

    MemberInput(FileInput file, Codec codec) throws IOException {
        this.file = file;
        this.codec = codec;
        this.stored = new StoredBytes(file);
        try {
            this.decoder = codec.newDecoder(stored);
        } catch (LinkageError e) {
            throw codec.missingLibrary(file.path(), e);
        }
    }

    /**
     * Goes to a position where reading is to begin.
     *
     * @param mayLieBehindEnd whether there is nothing to read at a position that is not there;
     *     otherwise it is an error
     */
    void goTo(long newMemberOffset, long newOffsetInMember, boolean mayLieBehindEnd)
            throws IOException {
        stored.seek(newMemberOffset);
        memberOffset = newMemberOffset;
        byte[] skipped = new byte[(int) Math.min(SKIP_BYTES, newOffsetInMember)];
        long left = newOffsetInMember;
        while (left > 0) {
            int count = read(skipped, 0, (int) Math.min(skipped.length, left));
            if (count < 0 && mayLieBehindEnd) {
                return;
            }
            if (count < 0) {
                throw new IOException(
                        "The file "
                                + file.path()
                                + " has no byte "
                                + newOffsetInMember
                                + " behind the member that begins at byte "
                                + newMemberOffset
                                + ": its content ends "
                                + left
                                + " bytes before. It is not the file that this position was"
                                + " taken from; read it from its beginning.");
            }
            left -= count;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (failure != null) {
            throw failure;
        }
        try {
            return readMembers(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            failure = explained(e);
            throw failure;
        } catch (LinkageError e) {
            failure = codec.missingLibrary(file.path(), e);
            throw failure;
        }
    }

    private int readMembers(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            if (inMember) {
                int count = decoder.read(buffer, offset, length);
                if (count > 0) {
                    offsetInMember += count;
                    return count;
                }
                inMember = false;
            }
            long next = decoder.nextMember();
            if (next < 0) {
                return -1;
            }
            memberOffset = next;
            offsetInMember = 0;
            inMember = true;
        }
    }

    private IOException explained(Exception problem) {
        IOException ofFile = stored.failure();
        if (ofFile != null) {
            return ofFile;
        }
        return problem instanceof UnsupportedCompressionException unsupported
                ? unsupported
                : new DecompressionException(
                        file.path(), codec.compression(), memberOffset, stored.position(), problem);
    }

    @Override
    public long memberOffset() {
        return memberOffset;
    }

    @Override
    public long offsetInMember() {
        return offsetInMember;
    }

    @Override
    public long storedPosition() {
        return stored.position();
    }

    @Override
    public void abort() {
        file.abort();
    }

    @Override
    public void close() throws IOException {
        try {
            decoder.close();
        } finally {
            file.close();
        }
    }
}
