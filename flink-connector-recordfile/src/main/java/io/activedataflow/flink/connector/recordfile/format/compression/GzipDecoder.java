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

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952). Whether there is another member is decided by reading on, never by
 * what is said to be available.
 */
@Internal
final class GzipDecoder implements MemberDecoder {

    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final StoredBytes stored;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final CRC32 headerChecksum = new CRC32();
    private boolean isFirst = true;

    GzipDecoder(StoredBytes stored) {
        this.stored = stored;
    }

    @Override
    public long nextMember() throws IOException {
        if (!isFirst && isOnlyPaddingLeft()) {
            return -1;
        }
        if (stored.isAtEnd()) {
            return -1;
        }
        isFirst = false;
        long offset = stored.position();
        readHeader();
        inflater.reset();
        checksum.reset();
        return offset;
    }

    /** Zeros may follow the last member, up to the end of the file. */
    private boolean isOnlyPaddingLeft() throws IOException {
        if (stored.isAtEnd() || stored.buffer()[stored.bufferPosition()] != 0) {
            return false;
        }
        int next = stored.next();
        while (next == 0) {
            next = stored.next();
        }
        if (next >= 0) {
            throw new IOException("there is something else than zeros behind the last member");
        }
        return true;
    }

    private void readHeader() throws IOException {
        headerChecksum.reset();
        if (headerShort() != MAGIC) {
            throw new IOException("there is something else than a gzip member");
        }
        int method = headerByte();
        int flags = headerByte();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw new IOException(
                    "the header has method " + method + " and flags " + flags + ", not gzip's");
        }
        for (int i = 0; i < 6; i++) {
            headerByte();
        }
        if ((flags & EXTRA) != 0) {
            for (int left = headerShort(); left > 0; left--) {
                headerByte();
            }
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0
                && ((int) headerChecksum.getValue() & 0xffff) != stored.nextShort()) {
            throw new IOException("the checksum of the header is wrong");
        }
    }

    private void skipText() throws IOException {
        while (headerByte() != 0) {
            continue;
        }
    }

    private int headerByte() throws IOException {
        int next = stored.nextByte();
        headerChecksum.update(next);
        return next;
    }

    private int headerShort() throws IOException {
        return headerByte() | headerByte() << 8;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            int count = inflate(buffer, offset, length);
            if (count > 0) {
                checksum.update(buffer, offset, count);
                return count;
            }
            if (inflater.finished()) {
                checkTrailer();
                return -1;
            }
            if (inflater.needsDictionary()) {
                throw new IOException("a dictionary is needed, which gzip does not have");
            }
            if (stored.isAtEnd()) {
                throw stored.endOfFile();
            }
        }
    }

    private int inflate(byte[] buffer, int offset, int length) throws IOException {
        int given = stored.buffered();
        inflater.setInput(stored.buffer(), stored.bufferPosition(), given);
        try {
            return inflater.inflate(buffer, offset, length);
        } catch (DataFormatException e) {
            throw new IOException("the data are damaged (" + e.getMessage() + ")", e);
        } finally {
            stored.take(given - inflater.getRemaining());
        }
    }

    private void checkTrailer() throws IOException {
        int expectedChecksum = stored.nextInt();
        int expectedSize = stored.nextInt();
        if (expectedChecksum != (int) checksum.getValue()) {
            throw new IOException("the checksum of the member is wrong");
        }
        if (expectedSize != (int) inflater.getBytesWritten()) {
            throw new IOException("the length of the member is wrong");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
