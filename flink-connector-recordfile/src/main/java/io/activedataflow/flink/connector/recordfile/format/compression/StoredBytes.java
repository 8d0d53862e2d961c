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

import java.io.EOFException;
import java.io.IOException;

/**
 * The bytes of a file as it is stored, read through a buffer. What is taken out of it is counted to
 * the byte, so that decoders which take no more than they need end exactly at a boundary.
 */
@Internal
final class StoredBytes {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileInput file;
    private final byte[] buffer;
    private int position;
    private int limit;
    @Nullable private IOException failure;

    StoredBytes(FileInput file) {
        this.file = file;
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, file.size()))];
    }

    /** The offset, in the file, of the next byte. */
    long position() {
        return file.position() - buffered();
    }

    /** How many bytes the file still has, if it is as long as it is said to be. */
    long remaining() {
        return file.size() - position();
    }

    void seek(long offset) throws IOException {
        position = 0;
        limit = 0;
        file.seek(offset);
    }

    /** What kept the file from being read; whatever a decoder makes of it. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether there is no byte any more; otherwise at least one is buffered afterwards. */
    boolean isAtEnd() throws IOException {
        if (position < limit) {
            return false;
        }
        position = 0;
        limit = 0;
        try {
            limit = Math.max(0, file.read(buffer, 0, buffer.length));
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        return limit == 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int bufferPosition() {
        return position;
    }

    int buffered() {
        return limit - position;
    }

    /** Takes bytes that are buffered. */
    void take(int count) {
        position += count;
    }

    /** The next byte, which is taken, or -1 at the end. */
    int next() throws IOException {
        return isAtEnd() ? -1 : buffer[position++] & 0xff;
    }

    /** The next byte, which must be there. */
    int nextByte() throws IOException {
        int next = next();
        if (next < 0) {
            throw endOfFile();
        }
        return next;
    }

    int nextShort() throws IOException {
        return nextByte() | nextByte() << 8;
    }

    /** Four bytes, the lowest first. */
    int nextInt() throws IOException {
        return nextShort() | nextShort() << 16;
    }

    long nextLong() throws IOException {
        return (nextInt() & 0xffff_ffffL) | (long) nextInt() << 32;
    }

    /** Reads at least one byte, if there is one. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, buffered());
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    void readFully(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = read(target, offset + done, length - done);
            if (count < 0) {
                throw endOfFile();
            }
            done += count;
        }
    }

    void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (isAtEnd()) {
                throw endOfFile();
            }
            int step = (int) Math.min(left, buffered());
            position += step;
            left -= step;
        }
    }

    EOFException endOfFile() {
        return new EOFException("the file ends in the middle of compressed data");
    }
}
