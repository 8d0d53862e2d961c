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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

import java.io.IOException;

/**
 * Emits the elements of a record, deserializing it first where that was not done ahead, and then
 * moves the split's position past it: once for each record, whether it yields no element, one or
 * many. Task thread only.
 */
@Internal
final class RecordFileRecordEmitter<T>
        implements RecordEmitter<FetchedRecord<T>, T, RecordFileSplitState> {

    private final RecordDecoder<T> decoder;
    private final MalformedRecordHandler<T> malformedRecords;
    private final RecordFileErrorLimit limit;
    private final Counter fieldsNulled;
    private final Counter errors;

    /**
     * @param decoder of the records that were not decoded ahead
     * @param fieldsNulled counts values that are taken as null because they do not fit
     * @param errors counts records that are malformed and do not fail the job
     */
    RecordFileRecordEmitter(
            RecordDecoder<T> decoder,
            MalformedRecordHandler<T> malformedRecords,
            RecordFileErrorLimit limit,
            Counter fieldsNulled,
            Counter errors) {
        this.decoder = decoder;
        this.malformedRecords = malformedRecords;
        this.limit = limit;
        this.fieldsNulled = fieldsNulled;
        this.errors = errors;
    }

    @Override
    public void emitRecord(
            FetchedRecord<T> fetched, SourceOutput<T> output, RecordFileSplitState split)
            throws IOException {
        split.countRecord();
        RecordCursor record = fetched.cursor();
        DecodedRecords<T> decoded = fetched.decoded();
        if (decoded == null) {
            emitDecoding(record, output, split);
        } else {
            emitDecoded(decoded, fetched.index(), record, output, split);
        }
        long next = record.nextOffset();
        split.advance(
                next,
                record.memberOffset(next),
                record.offsetInMember(next),
                0,
                record.nextRecordNumber(),
                record.nextLine());
    }

    private void emitDecoding(
            RecordCursor record, SourceOutput<T> output, RecordFileSplitState split)
            throws IOException {
        Exception malformed = decoder.decode(record);
        if (malformed != null) {
            emitReplacement(record, malformed, decoder.timestamp(), output, split);
        } else {
            countNulled(decoder.nulledFields(), record, split);
            decoder.elements().emitTo(output, decoder.timestamp());
        }
    }

    private void emitDecoded(
            DecodedRecords<T> decoded,
            int index,
            RecordCursor record,
            SourceOutput<T> output,
            RecordFileSplitState split)
            throws IOException {
        Exception malformed = decoded.malformed(index);
        if (malformed != null) {
            emitReplacement(record, malformed, decoded.timestamp(index), output, split);
        } else {
            countNulled(decoded.nulledFields(index), record, split);
            decoded.emitTo(output, index);
        }
    }

    private void emitReplacement(
            RecordCursor record,
            Exception malformed,
            long timestamp,
            SourceOutput<T> output,
            RecordFileSplitState split)
            throws IOException {
        T replacement = malformedRecords.handle(record, malformed);
        countMalformed(record, split, malformed);
        if (replacement != null) {
            output.collect(replacement, timestamp);
        }
    }

    private void countNulled(int fields, RecordCursor record, RecordFileSplitState split)
            throws IOException {
        if (fields > 0) {
            fieldsNulled.inc(fields);
            errors.inc();
            countMalformed(record, split, null);
        }
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
