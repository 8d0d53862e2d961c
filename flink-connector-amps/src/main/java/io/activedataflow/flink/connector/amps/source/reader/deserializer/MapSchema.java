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
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;

/** All fields of a body as a map of text. Of several fields of one tag the last counts. */
@Internal
final class MapSchema implements AmpsDeserializationSchema<Map<String, String>> {

    private static final long serialVersionUID = 1L;

    private final TagValueFormat format;
    private transient TagValueCursor cursor;
    private transient FieldNameCache<String> tags;

    MapSchema(TagValueFormat format) {
        this.format = format;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        cursor = new TagValueCursor();
        tags = new FieldNameCache<>(this::tagAsText);
    }

    @Override
    public void deserialize(AmpsMessage message, Collector<Map<String, String>> out)
            throws IOException {
        Map<String, String> map = new HashMap<>();
        cursor.reset(message);
        while (cursor.next()) {
            map.put(tags.get(cursor), valueAsText());
        }
        out.collect(map);
    }

    private String tagAsText(byte[] tag) throws IOException {
        format.checkTag(tag);
        try {
            return Utf8.decode(tag, 0, tag.length);
        } catch (CharacterCodingException e) {
            throw new IOException("The tag " + Excerpt.of(tag) + " is not UTF-8.", e);
        }
    }

    private String valueAsText() throws IOException {
        try {
            return Utf8.decode(cursor.data(), cursor.valueOffset(), cursor.valueLength());
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "The value of field " + Excerpt.of(cursor.tag()) + " is not UTF-8.", e);
        }
    }

    @Override
    public TypeInformation<Map<String, String>> getProducedType() {
        return Types.MAP(Types.STRING, Types.STRING);
    }

    @Override
    public String toString() {
        return format + " map";
    }
}
