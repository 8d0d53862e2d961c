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
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;

/** The record as a whole. */
@Internal
final class WholeRecordSchema<T> implements RecordFileDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private interface Reader<T> extends Serializable {
        T read(RecordFileRecord record) throws IOException;
    }

    private final Reader<T> reader;
    private final TypeInformation<T> type;

    private WholeRecordSchema(Reader<T> reader, TypeInformation<T> type) {
        this.reader = reader;
        this.type = type;
    }

    static WholeRecordSchema<String> ofText() {
        return new WholeRecordSchema<>(WholeRecordSchema::asText, Types.STRING);
    }

    static WholeRecordSchema<byte[]> ofBytes() {
        return new WholeRecordSchema<>(
                RecordFileRecord::bytes, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    @Override
    public boolean isThreadAgnostic() {
        return true;
    }

    @Override
    public void deserialize(RecordFileRecord record, Collector<T> out) throws IOException {
        out.collect(reader.read(record));
    }

    private static String asText(RecordFileRecord record) throws IOException {
        byte[] data = record.buffer();
        int offset = record.from();
        int length = record.to() - offset;
        try {
            return Utf8.decode(data, offset, length);
        } catch (CharacterCodingException e) {
            throw new MalformedRecordException(
                    RecordFileError.ENCODING,
                    null,
                    "The record " + Excerpt.of(data, offset, length) + " is not UTF-8.",
                    e);
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public String toString() {
        return "record as " + type;
    }
}
