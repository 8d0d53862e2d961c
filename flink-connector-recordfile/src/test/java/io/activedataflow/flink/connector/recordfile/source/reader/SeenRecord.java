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

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of a record and of all that was told about it.
 *
 * @param text the record, in ISO-8859-1 so that it shows every byte
 * @param raw the bytes of the file, likewise
 * @param fields where its fields lie, from its beginning, and their flags
 * @param next where reading goes on
 */
public record SeenRecord(
        String text,
        String raw,
        List<String> fields,
        @Nullable RecordFileError error,
        long offset,
        long length,
        long line,
        long recordNumber,
        RecordFilePosition next) {

    static SeenRecord of(RecordCursor record) {
        List<String> fields = new ArrayList<>();
        for (int field = 0; field < record.fieldCount(); field++) {
            fields.add(
                    text(record.buffer(), record.fieldFrom(field), record.fieldTo(field))
                            + '/'
                            + record.fieldFlags(field));
        }
        RecordFileErrorInfo error = record.error();
        return new SeenRecord(
                text(record.bytes(), 0, record.bytes().length),
                text(record.raw(), 0, record.raw().length),
                fields,
                error == null ? null : error.error(),
                record.offset(),
                record.length(),
                record.line(),
                record.recordNumber(),
                new RecordFilePosition(
                        record.nextOffset(),
                        record.memberOffset(record.nextOffset()),
                        record.offsetInMember(record.nextOffset()),
                        0,
                        record.nextRecordNumber(),
                        record.nextLine()));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** What is the same wherever reading began: members may be told in two ways at their border. */
    SeenRecord wherever() {
        return at(line, recordNumber, next.recordNumber(), next.line());
    }

    /** The same without what only those know who have read the file from its beginning. */
    SeenRecord withoutNumbers() {
        long unknown = RecordFilePosition.UNKNOWN;
        return at(unknown, unknown, unknown, unknown);
    }

    private SeenRecord at(long newLine, long newNumber, long nextNumber, long nextLine) {
        return new SeenRecord(
                text,
                raw,
                fields,
                error,
                offset,
                length,
                newLine,
                newNumber,
                new RecordFilePosition(next.offset(), 0, 0, 0, nextNumber, nextLine));
    }
}
