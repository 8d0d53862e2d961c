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
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

import java.io.IOException;

/**
 * Deserializes a record, emits its elements, and then moves the split's position past it: once for
 * each record, whether it yields no element, one or many. Task thread only.
 */
@Internal
final class RecordFileRecordEmitter<T>
        implements RecordEmitter<RecordCursor, T, RecordFileSplitState> {

    private final RecordFileDeserializationSchema<T> deserializer;
    private final RecordFileTimestamps timestamps;
    private final MalformedRecordHandler<T> malformedRecords;
    private final RecordFileErrorLimit limit;
    private final FieldErrors fieldErrors;
    private final Counter errors;
    private final ElementCollector<T> elements = new ElementCollector<>();

    /**
     * @param deserializer has been opened, as have the timestamps
     * @param errors counts records that are malformed and do not fail the job
     */
    RecordFileRecordEmitter(
            RecordFileDeserializationSchema<T> deserializer,
            RecordFileTimestamps timestamps,
            MalformedRecordHandler<T> malformedRecords,
            RecordFileErrorLimit limit,
            FieldErrors fieldErrors,
            Counter errors) {
        this.deserializer = deserializer;
        this.timestamps = timestamps;
        this.malformedRecords = malformedRecords;
        this.limit = limit;
        this.fieldErrors = fieldErrors;
        this.errors = errors;
    }

    @Override
    public void emitRecord(
            RecordCursor record, SourceOutput<T> output, RecordFileSplitState split)
            throws IOException {
        split.countRecord();
        elements.emitTo(output, deserialize(record, split));
        elements.clear();
        split.advance(
                record.nextOffset(),
                record.nextMemberOffset(),
                record.nextOffsetInMember(),
                0,
                record.nextRecordNumber(),
                record.nextLine());
    }

    /** Collects the elements of a record and returns its timestamp. */
    private long deserialize(RecordCursor record, RecordFileSplitState split) throws IOException {
        elements.clear();
        fieldErrors.beginRecord();
        long timestamp = TimestampAssigner.NO_TIMESTAMP;
        Exception malformed = null;
        RecordFileErrorInfo error = record.error();
        if (error != null) {
            malformed = new MalformedRecordException(error.error(), error.message());
        } else {
            try {
                timestamp = timestamps.extract(record);
                deserializer.deserialize(record, elements);
                elements.checkElements();
            } catch (Exception e) {
                malformed = e;
            }
        }
        if (malformed != null) {
            elements.clear();
            T replacement = malformedRecords.handle(record, malformed);
            if (replacement != null) {
                elements.collect(replacement);
            }
            countMalformed(record, split, malformed);
        } else if (fieldErrors.countNulled()) {
            errors.inc();
            countMalformed(record, split, null);
        }
        return timestamp;
    }

    private void countMalformed(RecordCursor record, RecordFileSplitState split, Exception cause)
            throws IOException {
        long malformed = split.countMalformed();
        boolean tooMany = limit.isPassedByCount(malformed);
        if (tooMany || limit.isPassedByShare(split.malformedOfRecords(), split.records())) {
            throw new IOException(
                    (tooMany
                                    ? malformed + " records"
                                    : split.malformedOfRecords()
                                            + " of "
                                            + split.records()
                                            + " records")
                            + " of file "
                            + record.path()
                            + " are malformed, which is more than the limit of "
                            + limit
                            + ". The latest is the record "
                            + MalformedRecordHandler.placeOf(record)
                            + (cause == null
                                    ? ", of which fields were taken as null."
                                    : ": " + MalformedRecordHandler.describe(cause))
                            + " Correct the file or the format, or raise the limit.",
                    cause);
        }
    }
}
