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

import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.util.MutableRecordAndPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.util.Collector;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes elements of records for Flink's {@code FileSource}, and the positions after them: the
 * offset of the next record, or that of the record itself and how many of its elements have been
 * emitted. In a compressed file, where Flink's positions have no room for the member, it is how
 * many elements of the file have been emitted. Task thread only.
 */
@Internal
final class BulkEmitter<T> implements Collector<T> {

    private final BulkDeserializer<T> deserializer;
    private final RecordFileSplit split;
    private final RecordCursor cursor;
    private final List<T> elements = new ArrayList<>();
    private final MutableRecordAndPosition<T> position = new MutableRecordAndPosition<>();

    private int emitted;
    private long toSkip;
    private long emittedOfFile;

    /** Where to begin for the record: at the end of the one before. */
    private long offset;

    private long nextOffset;
    private boolean isCompressed;

    /**
     * @param skip how many elements behind the split's position have been emitted before
     */
    BulkEmitter(BulkDeserializer<T> deserializer, RecordFileSplit split, long skip) {
        this.deserializer = deserializer;
        this.split = split;
        this.cursor =
                new RecordCursor(split.path().toString(), split.fileModificationTime(), Map.of());
        this.nextOffset = split.position().offset();
        this.toSkip = skip;
    }

    /** Deserializes a record; its elements are {@link #next}. */
    void read(FileBlock block, int record) {
        offset = nextOffset;
        elements.clear();
        emitted = 0;
        isCompressed = block.isCompressed();
        cursor.moveTo(block, record);
        nextOffset = cursor.nextOffset();
        try {
            deserializer.deserialize(cursor, this);
        } catch (Exception e) {
            throw new UncheckedIOException(failure(e));
        }
    }

    private IOException failure(Exception cause) {
        String what =
                cause instanceof MalformedRecordException malformed
                        ? "is malformed (" + malformed.error() + ")"
                        : "cannot be deserialized";
        return new IOException(
                "The record at byte "
                        + cursor.offset()
                        + " of the file "
                        + split.path()
                        + ' '
                        + what
                        + ": "
                        + cause.getMessage(),
                cause);
    }

    /** The next element of the record, or null. */
    @Nullable
    RecordAndPosition<T> next() {
        while (emitted < elements.size()) {
            T element = elements.get(emitted++);
            emittedOfFile++;
            if (toSkip > 0) {
                toSkip--;
            } else {
                setPosition(element);
                return position;
            }
        }
        return null;
    }

    private void setPosition(T element) {
        if (isCompressed) {
            position.set(element, 0, emittedOfFile);
        } else if (emitted == elements.size()) {
            position.set(element, nextOffset, 0);
        } else {
            position.set(element, offset, emitted);
        }
    }

    @Override
    public void collect(T element) {
        if (element == null) {
            throw new IllegalArgumentException(
                    "The deserializer has collected a null element. To leave a record out, let it"
                            + " collect nothing.");
        }
        elements.add(element);
    }

    @Override
    public void close() {}
}
