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
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A record that could not be deserialized: where it stands, what is in it, and why. A copy, which
 * may be kept.
 *
 * @param path of the file
 * @param offset where the record begins in the file, in bytes; in the decompressed content if the
 *     file is compressed
 * @param length how many bytes the record takes there, with what ends it
 * @param line the line that the record begins in, counted from 1; -1 if it is not known
 * @param recordNumber the number of the record in its file, counted from 1; -1 if it is not known
 * @param column the name of the column that is to blame, or null
 * @param error the class of the error
 * @param raw the bytes of the record as the file has them, in its own encoding, without what ends
 *     the record; of one that is too large only the beginning
 * @param cause what is wrong, in words
 */
@PublicEvolving
public record RecordFileMalformedRecord(
        String path,
        long offset,
        long length,
        long line,
        long recordNumber,
        @Nullable String column,
        RecordFileError error,
        byte[] raw,
        Exception cause) {

    static RecordFileMalformedRecord copyOf(RecordCursor record, Exception cause) {
        MalformedRecordException malformed =
                cause instanceof MalformedRecordException exception ? exception : null;
        return new RecordFileMalformedRecord(
                record.path(),
                record.offset(),
                record.length(),
                record.line(),
                record.recordNumber(),
                malformed == null ? null : malformed.column(),
                malformed == null ? errorOf(cause) : malformed.error(),
                record.raw(),
                cause);
    }

    private static RecordFileError errorOf(Exception cause) {
        return cause instanceof CharacterCodingException
                ? RecordFileError.ENCODING
                : RecordFileError.DESERIALIZATION;
    }

    /** The raw bytes as UTF-8 text; malformed bytes become U+FFFD. */
    public String rawAsString() {
        return new String(raw, StandardCharsets.UTF_8);
    }

    /** Says how long the record is, not what is in it. */
    @Override
    public String toString() {
        return "RecordFileMalformedRecord["
                + path
                + " at offset "
                + offset
                + ", line "
                + line
                + ": "
                + error
                + (column == null ? "" : " in column " + column)
                + ", "
                + raw.length
                + " bytes]";
    }
}
