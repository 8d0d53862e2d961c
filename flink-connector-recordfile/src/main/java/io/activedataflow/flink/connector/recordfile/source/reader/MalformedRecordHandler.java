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

import javax.annotation.Nullable;

import java.io.IOException;

/** Carries out a {@link RecordFileMalformedPolicy} in one reader. Task thread only. */
@FunctionalInterface
@Internal
interface MalformedRecordHandler<T> {

    /**
     * @return the element to emit in place of the record, or null to emit nothing
     * @throws IOException if the job is to fail
     */
    @Nullable
    T handle(RecordCursor record, Exception cause) throws IOException;

    static <T> MalformedRecordHandler<T> failing() {
        return (record, cause) -> {
            throw new IOException(
                    "The record "
                            + placeOf(record)
                            + " is malformed: "
                            + describe(cause)
                            + " Correct the file or the deserializer and restart from the last"
                            + " checkpoint, or choose what happens to such records:"
                            + " onMalformed(RecordFileMalformedPolicy.skip()) leaves them out and"
                            + " counts them, onMalformed(RecordFileMalformedPolicy.emit(...))"
                            + " turns them into dead letters.",
                    cause);
        };
    }

    /** Where a record stands, as all messages say it. */
    static String placeOf(RecordCursor record) {
        return "at offset "
                + record.offset()
                + (record.line() < 0 ? "" : ", line " + record.line())
                + (record.recordNumber() < 0 ? "" : ", record " + record.recordNumber())
                + " of file "
                + record.path();
    }

    /** The message of an exception as a sentence, or its class where it has none. */
    static String describe(Exception cause) {
        String message = cause.getMessage();
        String text = message == null || message.isBlank() ? cause.toString() : message;
        return text.endsWith(".") ? text : text + '.';
    }
}
