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
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.charset.TextEncoding;
import io.activedataflow.flink.connector.recordfile.format.compression.Compression;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How the files are written, and what is made of their records. Immutable.
 *
 * <p>Also a format for Flink's own {@code FileSource}, by {@code
 * FileSource.forBulkFileFormat(format, paths)}: reading goes on there, after a restore, at the
 * offset of the next record, or after as many elements as were read where a file is compressed. The
 * first malformed record fails the job there, and records have neither line nor number.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public final class RecordFileFormat<T> implements BulkFormat<T, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private static final MemorySize DEFAULT_MAX_RECORD_SIZE = MemorySize.ofMebiBytes(16);

    /** Twice of it, and a chunk, must fit into an array. */
    private static final MemorySize LARGEST_MAX_RECORD_SIZE = MemorySize.ofMebiBytes(512);

    private final RecordFileFraming framing;
    private final RecordFileDeserializationSchema<T> deserializer;
    private final String charset;
    private final Compression compression;
    private final MemorySize maxRecordSize;

    /** Opened by the first record of the first split, and used for all splits. */
    private transient @Nullable BulkDeserializer<T> bulkDeserializer;

    private RecordFileFormat(
            RecordFileFraming framing,
            RecordFileDeserializationSchema<T> deserializer,
            String charset,
            Compression compression,
            MemorySize maxRecordSize) {
        this.framing = Objects.requireNonNull(framing, "framing");
        this.deserializer = Objects.requireNonNull(deserializer, "deserializer");
        this.charset = charset;
        this.compression = compression;
        this.maxRecordSize = maxRecordSize;
    }

    /** A format for files in UTF-8, compressed or not, with records of at most 16 MiB. */
    public static <T> RecordFileFormat<T> of(
            RecordFileFraming framing, RecordFileDeserializationSchema<T> deserializer) {
        return new RecordFileFormat<>(
                framing,
                deserializer,
                StandardCharsets.UTF_8.name(),
                Compression.AUTO,
                DEFAULT_MAX_RECORD_SIZE);
    }

    /**
     * The encoding of text; by default UTF-8, or UTF-16 where a file begins with its byte order
     * mark. Files that are not in UTF-8 are not split. The raw bytes of a malformed record are
     * those of the file, save that of two bytes for one character, which some charsets such as
     * EBCDIC have, it is always the lower one.
     *
     * @param textCharset UTF-8; UTF-16, with or without a byte order; or a charset in which each
     *     character is one byte, such as ISO-8859-1
     * @throws IllegalArgumentException for any other
     */
    public RecordFileFormat<T> withCharset(Charset textCharset) {
        TextEncoding.check(textCharset);
        return new RecordFileFormat<>(
                framing, deserializer, textCharset.name(), compression, maxRecordSize);
    }

    /**
     * How the files are compressed; by default found out for each file. Compressed files are not
     * split.
     */
    public RecordFileFormat<T> withCompression(Compression fileCompression) {
        return new RecordFileFormat<>(
                framing,
                deserializer,
                charset,
                Objects.requireNonNull(fileCompression, "fileCompression"),
                maxRecordSize);
    }

    /**
     * The largest record, in bytes of UTF-8 with what ends it; by default 16 MiB. A larger one is
     * malformed, and reading goes on behind it. A reader needs memory for a few records of this
     * size, but only where there are such records.
     *
     * @throws IllegalArgumentException if the size is not between 1 byte and 512 MiB
     */
    public RecordFileFormat<T> withMaxRecordSize(MemorySize size) {
        if (size.getBytes() < 1 || size.compareTo(LARGEST_MAX_RECORD_SIZE) > 0) {
            throw new IllegalArgumentException(
                    "The largest record cannot be limited to "
                            + size
                            + ". Give a size between 1 byte and "
                            + LARGEST_MAX_RECORD_SIZE
                            + '.');
        }
        return new RecordFileFormat<>(framing, deserializer, charset, compression, size);
    }

    /** Where records begin and end. */
    public RecordFileFraming framing() {
        return framing;
    }

    /** What is made of a record. */
    public RecordFileDeserializationSchema<T> deserializer() {
        return deserializer;
    }

    /** The encoding of text. */
    public Charset charset() {
        return Charset.forName(charset);
    }

    /** How the files are compressed. */
    public Compression compression() {
        return compression;
    }

    /** The largest record, in bytes of UTF-8 with what ends it. */
    public MemorySize maxRecordSize() {
        return maxRecordSize;
    }

    /**
     * How one file can be read by several readers, as far as that can be told without looking at
     * it. A file that turns out to be compressed, or in UTF-16, is read as a whole by the reader
     * that has its beginning.
     */
    public RecordFileSplitting splitting() {
        boolean isStoredAsIs =
                (compression == Compression.AUTO || compression == Compression.NONE)
                        && (!framing.isText() || charset().equals(StandardCharsets.UTF_8));
        return isStoredAsIs ? framing.splitting() : RecordFileSplitting.NEVER;
    }

    /** Why files are not split, for people to read; meaningless where they are. */
    @Internal
    public String whyNotSplittable() {
        return splitting() == framing.splitting()
                ? framing.whyNotSplittable()
                : "they are compressed, or not in UTF-8";
    }

    /** Whether Flink's {@code FileSource} may cut files anywhere. */
    @Override
    public boolean isSplittable() {
        return splitting() == RecordFileSplitting.LINE;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return deserializer.getProducedType();
    }

    /**
     * Opens a split at its position. Worker thread; {@code control} is heeded.
     *
     * @param pool where blocks are taken from; may be shared by all splits of a reader
     */
    BlockReader openBlocks(
            FileAccess access, RecordFileSplit split, ReadControl control, BlockPool pool)
            throws IOException {
        int maxBytes = Math.toIntExact(maxRecordSize.getBytes());
        FileContent content =
                new FileContent(
                        access,
                        split.path(),
                        split.identity(),
                        control,
                        compression,
                        framing.isText() ? charset() : null);
        try {
            return new BlockReader(
                    new SplitStart(content, framing, split, pool, maxBytes), pool, maxBytes);
        } catch (Throwable e) {
            content.close();
            throw e;
        }
    }

    @Override
    public BulkFormat.Reader<T> createReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return openBulk(split, split.offset(), 0, BlockPool.DEFAULT_CHUNK_BYTES);
    }

    @Override
    public BulkFormat.Reader<T> restoreReader(Configuration config, FileSourceSplit split)
            throws IOException {
        CheckpointedPosition position = split.getReaderPosition().orElseThrow();
        return openBulk(
                split,
                position.getOffset(),
                position.getRecordsAfterOffset(),
                BlockPool.DEFAULT_CHUNK_BYTES);
    }

    BulkFormat.Reader<T> openBulk(FileSourceSplit split, long offset, long skip, int chunkBytes)
            throws IOException {
        if (bulkDeserializer == null) {
            bulkDeserializer = new BulkDeserializer<>(deserializer, framing);
        }
        RecordFileSplit cut =
                new RecordFileSplit(
                        split.splitId(),
                        split.path(),
                        split.offset(),
                        split.length(),
                        RecordFileSplit.Kind.READ_CUT,
                        identityOf(split, offset == 0 && skip == 0),
                        RecordFilePosition.at(
                                offset, RecordFilePosition.UNKNOWN, RecordFilePosition.UNKNOWN),
                        0,
                        "");
        BlockReader blocks =
                openBlocks(
                        new FlinkFileAccess(FileRetrySettings.DEFAULT),
                        cut,
                        ReadControl.silent(),
                        new BlockPool(chunkBytes));
        return new BulkBlockReader<>(blocks, new BulkEmitter<>(bulkDeserializer, cut, skip));
    }

    /** What is known of a file: enumerators may leave out its size, its time, or both. */
    private static RecordFileIdentity identityOf(FileSourceSplit split, boolean atBegin) {
        if (split.fileSize() - split.offset() < split.length()) {
            return RecordFileIdentity.ofListed(-1, RecordFileIdentity.UNKNOWN_TIME);
        }
        boolean untouched = atBegin && split.length() == split.fileSize();
        return RecordFileIdentity.ofListed(
                split.fileSize(),
                untouched ? RecordFileIdentity.UNKNOWN_TIME : split.fileModificationTime());
    }

    @Override
    public String toString() {
        return "RecordFileFormat{"
                + framing
                + ", "
                + deserializer
                + ", "
                + charset
                + ", "
                + compression
                + ", records of at most "
                + maxRecordSize
                + '}';
    }
}
