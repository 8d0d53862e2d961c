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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

import javax.annotation.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the records of one block were decoded to, in the block's order. Filled by the worker thread,
 * then read by the task thread: a task that gets whole elements does not have to fetch every record
 * and the bounds of its fields from the memory of another processor.
 */
@Internal
final class DecodedRecords<T> {

    private final Elements<T> elements;
    private final int capacity;

    /** Of each record, the index behind its last element; null as long as each has one element. */
    private @Nullable int[] ends;

    /** Null as long as no record has one. */
    private @Nullable long[] timestamps;

    private @Nullable Map<Integer, Exception> malformed;
    private @Nullable Map<Integer, Integer> nulledFields;
    private int count;

    /**
     * @param records how many records will be added at most
     */
    DecodedRecords(int records) {
        capacity = records;
        elements = new Elements<>(records);
    }

    /** Decodes the next record. Worker thread. */
    void add(RecordDecoder<T> decoder, RecordCursor record) {
        Exception failure = decoder.decode(record);
        if (failure != null) {
            malformed = put(malformed, failure);
        } else {
            decoder.elements().emitTo(elements, decoder.timestamp());
            if (decoder.nulledFields() > 0) {
                nulledFields = put(nulledFields, decoder.nulledFields());
            }
        }
        noteTimestamp(decoder.timestamp());
        noteEnd();
        count++;
    }

    private void noteTimestamp(long timestamp) {
        if (timestamps == null && timestamp != TimestampAssigner.NO_TIMESTAMP) {
            timestamps = new long[capacity];
            Arrays.fill(timestamps, 0, count, TimestampAssigner.NO_TIMESTAMP);
        }
        if (timestamps != null) {
            timestamps[count] = timestamp;
        }
    }

    private void noteEnd() {
        if (ends == null && elements.count != count + 1) {
            ends = new int[capacity];
            Arrays.setAll(ends, record -> record + 1);
        }
        if (ends != null) {
            ends[count] = elements.count;
        }
    }

    private <V> Map<Integer, V> put(@Nullable Map<Integer, V> values, V value) {
        Map<Integer, V> present = values == null ? new HashMap<>() : values;
        present.put(count, value);
        return present;
    }

    /** Why a record is malformed, or null if it is not. */
    @Nullable
    Exception malformed(int record) {
        return malformed == null ? null : malformed.get(record);
    }

    /** How many values of a record were taken as null because they did not fit. */
    int nulledFields(int record) {
        return nulledFields == null ? 0 : nulledFields.getOrDefault(record, 0);
    }

    long timestamp(int record) {
        return timestamps == null ? TimestampAssigner.NO_TIMESTAMP : timestamps[record];
    }

    /** Emits the elements of a record, of which there are none if it is malformed. */
    void emitTo(SourceOutput<T> output, int record) {
        long timestamp = timestamp(record);
        if (ends == null) {
            output.collect(elements.get(record), timestamp);
            return;
        }
        for (int i = record == 0 ? 0 : ends[record - 1]; i < ends[record]; i++) {
            output.collect(elements.get(i), timestamp);
        }
    }

    /** A list that elements are emitted to. */
    private static final class Elements<T> implements SourceOutput<T> {

        private Object[] array;
        private int count;

        private Elements(int capacity) {
            array = new Object[capacity];
        }

        @Override
        public void collect(T element) {
            if (count == array.length) {
                array = Arrays.copyOf(array, Math.max(16, 2 * count));
            }
            array[count++] = element;
        }

        @Override
        public void collect(T element, long timestamp) {
            collect(element);
        }

        @SuppressWarnings("unchecked")
        private T get(int index) {
            return (T) array[index];
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new UnsupportedOperationException("Records have no watermarks.");
        }

        @Override
        public void markIdle() {
            throw new UnsupportedOperationException("Records are never idle.");
        }

        @Override
        public void markActive() {
            throw new UnsupportedOperationException("Records are never idle.");
        }
    }
}
