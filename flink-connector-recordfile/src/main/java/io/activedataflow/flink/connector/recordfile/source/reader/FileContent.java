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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.client.FileAccess;
import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.format.charset.TextEncoding;
import io.activedataflow.flink.connector.recordfile.format.charset.Transcoder;
import io.activedataflow.flink.connector.recordfile.format.compression.ByteInput;
import io.activedataflow.flink.connector.recordfile.format.compression.ByteInputs;
import io.activedataflow.flink.connector.recordfile.format.compression.Compression;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;

/**
 * The content of an open file, decompressed, as UTF-8 if it is text, and without its byte order
 * mark. One thread.
 */
@Internal
final class FileContent implements Closeable {

    private static final int RAW_BYTES = 16 * 1024;

    private final FileAccess access;
    private final ReadControl control;
    private final Compression compression;
    private final @Nullable TextEncoding encoding;

    private FileInput file;
    private ByteInput input;
    private long bytesReadBefore;
    private long offset;
    private boolean ended;
    private @Nullable Transcoder transcoder;
    private byte[] raw = new byte[0];

    /** What was read to look for a byte order mark and is content. */
    private final byte[] first = new byte[TextEncoding.MAX_MARK_BYTES];

    private int firstFrom;
    private int firstLimit;

    /**
     * Opens a file at its beginning.
     *
     * @param charset of the text, or null if the file is not text
     */
    FileContent(
            FileAccess access,
            Path path,
            RecordFileIdentity identity,
            ReadControl control,
            Compression wanted,
            @Nullable Charset charset)
            throws IOException {
        this.access = access;
        this.control = control;
        file = access.open(path, identity, control);
        try {
            compression = ByteInputs.detect(file, wanted);
            input = ByteInputs.open(file, compression, 0, 0);
            encoding = charset == null ? null : detectEncoding(charset);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
        transcoder = encoding == null ? null : encoding.createTranscoder();
    }

    private TextEncoding detectEncoding(Charset charset) throws IOException {
        int count = 0;
        while (firstLimit < first.length && count >= 0) {
            count = input.read(first, firstLimit, first.length - firstLimit);
            firstLimit += Math.max(0, count);
        }
        TextEncoding found = TextEncoding.detect(charset, first, firstLimit);
        firstFrom = found.markBytes();
        offset = firstFrom;
        return found;
    }

    /** Goes on to read at a place between two records, of which reading has been. */
    void seek(RecordFilePosition position) throws IOException {
        seek(position, false);
    }

    /**
     * Goes on to read at a place between two records.
     *
     * @param mayLieBehindEnd whether there is nothing to read at a place that is not there
     */
    void seek(RecordFilePosition position, boolean mayLieBehindEnd) throws IOException {
        bytesReadBefore += input.storedPosition();
        if (isCompressed()) {
            RecordFileIdentity identity = file.identity();
            Path path = file.path();
            input.close();
            file = access.open(path, identity, control);
        }
        input =
                ByteInputs.open(
                        file,
                        compression,
                        position.memberOffset(),
                        position.offsetInMember(),
                        mayLieBehindEnd);
        bytesReadBefore -= input.storedPosition();
        offset = position.offset();
        transcoder = encoding == null ? null : encoding.createTranscoder();
        firstFrom = firstLimit;
        ended = false;
    }

    /**
     * Reads at least one byte, if there is one.
     *
     * @param buffer takes the bytes
     * @param length how many bytes to read, about
     * @param members is told where the bytes are found in the file as it is stored
     * @return false at the end of the content
     */
    boolean read(ContentBuffer buffer, int length, MemberMap members) throws IOException {
        if (transcoder == null) {
            buffer.ensureRoom(length);
            int count = readRaw(buffer.bytes(), buffer.limit(), length, members);
            buffer.limit(buffer.limit() + Math.max(0, count));
            return count >= 0;
        }
        int before = buffer.limit();
        while (buffer.limit() == before && !ended) {
            transcode(transcoder, buffer, Math.min(length, RAW_BYTES), members);
        }
        return buffer.limit() > before;
    }

    private void transcode(Transcoder text, ContentBuffer buffer, int length, MemberMap members)
            throws IOException {
        if (raw.length < length) {
            raw = new byte[length];
        }
        buffer.ensureRoom(length * Transcoder.MAX_GROWTH + Transcoder.MAX_KEPT);
        int count = readRaw(raw, 0, length, members);
        ended = count < 0;
        buffer.limit(
                ended
                        ? text.finish(buffer.bytes(), buffer.limit())
                        : text.transcode(raw, 0, count, buffer.bytes(), buffer.limit()));
    }

    private int readRaw(byte[] target, int at, int length, MemberMap members) throws IOException {
        int count = Math.min(length, firstLimit - firstFrom);
        if (count > 0) {
            System.arraycopy(first, firstFrom, target, at, count);
            firstFrom += count;
            if (isCompressed()) {
                members.add(offset, 0, offset);
            }
        } else {
            count = input.read(target, at, length);
            if (count > 0 && isCompressed()) {
                members.add(offset, input.memberOffset(), input.offsetInMember() - count);
            }
        }
        offset += Math.max(0, count);
        return count;
    }

    /** Where the next byte to be read stands in the content. */
    long offset() {
        return offset;
    }

    boolean isCompressed() {
        return compression != Compression.NONE;
    }

    /** Whether the bytes are read as they are stored, so that reading can begin anywhere. */
    boolean isStoredAsIs() {
        return !isCompressed() && transcoder == null;
    }

    @Nullable
    Transcoder transcoder() {
        return transcoder;
    }

    FileInput file() {
        return file;
    }

    /** How many bytes of the file, as it is stored, have been read. */
    long bytesRead() {
        return bytesReadBefore + input.storedPosition();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
