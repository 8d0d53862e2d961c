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
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.TimestampAssigner;

import javax.annotation.Nullable;

/**
 * Makes the elements of one record at a time, and finds its timestamp. Used by one thread: that of
 * the worker where {@link #runsAhead}, else that of the task.
 */
@Internal
final class RecordDecoder<T> {

    private final RecordFileDeserializationSchema<T> deserializer;
    private final RecordFileTimestamps timestamps;
    private final FieldErrors fieldErrors;
    private final ElementCollector<T> elements = new ElementCollector<>();
    private long timestamp = TimestampAssigner.NO_TIMESTAMP;

    /**
     * @param deserializer has been opened, as have the timestamps
     */
    RecordDecoder(
            RecordFileDeserializationSchema<T> deserializer,
            RecordFileTimestamps timestamps,
            FieldErrors fieldErrors) {
        this.deserializer = deserializer;
        this.timestamps = timestamps;
        this.fieldErrors = fieldErrors;
    }

    /** Whether records are decoded by the thread that reads them, before they are handed over. */
    boolean runsAhead() {
        return deserializer.isThreadAgnostic();
    }

    /**
     * Decodes a record.
     *
     * @return why it is malformed, or null if it is not; if it is, there are no elements
     */
    @Nullable
    Exception decode(RecordCursor record) {
        elements.clear();
        fieldErrors.beginRecord();
        timestamp = TimestampAssigner.NO_TIMESTAMP;
        RecordFileErrorInfo error = record.error();
        if (error != null) {
            return new MalformedRecordException(error.error(), error.message());
        }
        try {
            timestamp = timestamps.extract(record);
            deserializer.deserialize(record, elements);
            elements.checkElements();
            return null;
        } catch (Exception e) {
            elements.clear();
            return e;
        }
    }

    /** The elements of the record; cleared by the next one. */
    ElementCollector<T> elements() {
        return elements;
    }

    long timestamp() {
        return timestamp;
    }

    /** How many values of the record were taken as null because they did not fit. */
    int nulledFields() {
        return fieldErrors.nulledInRecord();
    }
}
