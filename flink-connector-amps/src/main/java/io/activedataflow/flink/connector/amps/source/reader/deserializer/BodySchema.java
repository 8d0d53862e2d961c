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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;

/** The body as a whole. */
@Internal
final class BodySchema<T> implements AmpsDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private interface BodyReader<T> extends Serializable {
        T read(AmpsMessage message) throws IOException;
    }

    private final BodyReader<T> bodyReader;
    private final TypeInformation<T> type;

    private BodySchema(BodyReader<T> bodyReader, TypeInformation<T> type) {
        this.bodyReader = bodyReader;
        this.type = type;
    }

    static BodySchema<String> ofText() {
        return new BodySchema<>(BodySchema::asText, Types.STRING);
    }

    static BodySchema<byte[]> ofBytes() {
        return new BodySchema<>(
                AmpsMessage::body, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    @Override
    public void deserialize(AmpsMessage message, Collector<T> out) throws IOException {
        out.collect(bodyReader.read(message));
    }

    private static String asText(AmpsMessage message) throws IOException {
        byte[] data = message.bodyArray();
        int offset = message.bodyOffset();
        int length = message.bodyLength();
        try {
            return Utf8.decode(data, offset, length);
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "The body " + Excerpt.of(data, offset, length) + " is not UTF-8.", e);
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public String toString() {
        return "body as " + type;
    }
}
