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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.PublicEvolving;

/**
 * A view of one entry of a Redis stream, as it lies in the reply of the server.
 *
 * <p>Fields keep the order and the repetitions in which they were written; names and values are
 * bytes of any kind. The view, and the array behind {@link #buffer()}, are valid only during the
 * call they are passed to: whatever is to outlive it must be copied, as {@link #name}, {@link
 * #value} and their text forms do. A field index that the entry does not have is answered with an
 * {@link IndexOutOfBoundsException}.
 */
@PublicEvolving
public interface RedisStreamsEntry {

    /** The key of the stream. */
    String streamKey();

    /** The partition within the topic, or -1 where streams are not partitions of a topic. */
    int partition();

    /** The entry ID, as a new object. */
    StreamEntryId id();

    /** The first half of the ID; unsigned. It is also the record's timestamp. */
    long idMilliseconds();

    /** The second half of the ID; unsigned. */
    long idSequence();

    /** The number of field/value pairs. */
    int fieldCount();

    /** A copy of the name of a field. */
    byte[] name(int field);

    /** A copy of the value of a field. */
    byte[] value(int field);

    /** The name of a field as UTF-8 text; malformed bytes become U+FFFD. */
    String nameAsString(int field);

    /** The value of a field as UTF-8 text; malformed bytes become U+FFFD. */
    String valueAsString(int field);

    /** The index of the first field of this name, or -1. */
    int indexOf(byte[] name);

    /** The index of the last field of this name, or -1. */
    int lastIndexOf(byte[] name);

    /** Whether the field has this name; copies nothing. */
    boolean isNamed(int field, byte[] name);

    /** The array that names and values lie in; not to be modified, not to be kept. */
    byte[] buffer();

    /** Where the name of a field begins in {@link #buffer()}. */
    int nameOffset(int field);

    /** The length of the name of a field in bytes. */
    int nameLength(int field);

    /** Where the value of a field begins in {@link #buffer()}. */
    int valueOffset(int field);

    /** The length of the value of a field in bytes. */
    int valueLength(int field);
}
