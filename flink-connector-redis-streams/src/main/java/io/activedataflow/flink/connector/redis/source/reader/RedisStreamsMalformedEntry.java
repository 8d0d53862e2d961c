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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsEntry;

import org.apache.flink.annotation.PublicEvolving;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry that could not be deserialized: where it stands, what is in it, and why. A copy, which
 * may be kept.
 *
 * @param streamKey the key of the stream
 * @param partition the partition within the topic, or -1 where streams are not partitions of a
 *     topic
 * @param id the entry ID
 * @param fields the names and values as they were written, in their order, repetitions included
 * @param cause what the deserializer threw
 */
@PublicEvolving
public record RedisStreamsMalformedEntry(
        String streamKey, int partition, StreamEntryId id, List<Field> fields, Exception cause) {

    /**
     * One field of the entry.
     *
     * @param name the bytes of the name
     * @param value the bytes of the value
     */
    public record Field(byte[] name, byte[] value) {

        /** The name as UTF-8 text; malformed bytes become U+FFFD. */
        public String nameAsString() {
            return new String(name, StandardCharsets.UTF_8);
        }

        /** The value as UTF-8 text; malformed bytes become U+FFFD. */
        public String valueAsString() {
            return new String(value, StandardCharsets.UTF_8);
        }

        /** Says how long name and value are, not what they are. */
        @Override
        public String toString() {
            return "Field[" + name.length + " bytes: " + value.length + " bytes]";
        }
    }

    public RedisStreamsMalformedEntry {
        fields = List.copyOf(fields);
    }

    static RedisStreamsMalformedEntry copyOf(RedisStreamsEntry entry, Exception cause) {
        List<Field> fields = new ArrayList<>(entry.fieldCount());
        for (int field = 0; field < entry.fieldCount(); field++) {
            fields.add(new Field(entry.name(field), entry.value(field)));
        }
        return new RedisStreamsMalformedEntry(
                entry.streamKey(), entry.partition(), entry.id(), fields, cause);
    }
}
