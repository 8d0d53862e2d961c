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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;

import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Objects;

/** Timestamps from a column. */
@Internal
final class ColumnTimestamps implements TimestampExtractor {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final TimeReader reader;
    private transient ColumnReader columns;

    ColumnTimestamps(String name, TimeReader reader) {
        this.name = Objects.requireNonNull(name, "name");
        this.reader = reader;
    }

    @Override
    public void open(RecordFileDeserializationSchema.Context context) {
        reader.open();
        columns = context.columns(List.of(name));
    }

    @Override
    public long extract(RecordFileRecord record) throws MalformedRecordException {
        columns.read(record);
        Kind kind = columns.kind(0);
        if (kind == Kind.MISSING) {
            throw malformed("The record has no column '" + name + "' to take its timestamp from.");
        }
        if (kind == Kind.NULL) {
            throw malformed("There is no timestamp in column '" + name + "'.");
        }
        byte[] data = columns.buffer(0);
        int from = columns.from(0);
        int to = columns.to(0);
        if (from < to && (kind == Kind.TEXT || kind == Kind.NUMBER)) {
            try {
                return reader.read(data, from, to);
            } catch (CharacterCodingException | RuntimeException e) {
                // Said below, without the message, which may contain the whole value.
            }
        }
        throw malformed(
                "The value "
                        + Excerpt.of(data, from, to - from)
                        + " of column '"
                        + name
                        + "' is not a timestamp: "
                        + reader
                        + '.');
    }

    private MalformedRecordException malformed(String message) {
        return new MalformedRecordException(RecordFileError.CAST, name, message, null);
    }

    @Override
    public String toString() {
        return "column '" + name + "', " + reader;
    }
}
