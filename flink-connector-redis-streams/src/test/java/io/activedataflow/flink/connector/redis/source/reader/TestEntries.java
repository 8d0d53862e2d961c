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
import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.client.StreamReadPosition;

import java.nio.charset.StandardCharsets;

/** Fills buffers as a decoder would, with other bytes around every name and value. */
public final class TestEntries {

    private static final byte[] PROTOCOL = "\r\n$7\r\n".getBytes(StandardCharsets.US_ASCII);

    private final EntryBuffer buffer = new EntryBuffer();

    public TestEntries section(String streamKey) {
        buffer.beginSection(new StreamReadPosition(streamKey, StreamEntryId.ZERO));
        return this;
    }

    /** An entry of these names and values, in turns. */
    public TestEntries entry(long milliseconds, long sequence, String... namesAndValues) {
        byte[][] slices = new byte[namesAndValues.length][];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = utf8(namesAndValues[i]);
        }
        return entry(milliseconds, sequence, slices);
    }

    public TestEntries entry(long milliseconds, long sequence, byte[][] namesAndValues) {
        buffer.beginEntry(milliseconds, sequence);
        for (byte[] slice : namesAndValues) {
            append(PROTOCOL);
            int offset = buffer.filled();
            append(slice);
            buffer.addSlice(offset, slice.length);
        }
        append(PROTOCOL);
        return this;
    }

    private void append(byte[] bytes) {
        buffer.reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer.data(), buffer.filled(), bytes.length);
        buffer.addFilled(bytes.length);
    }

    public EntryBuffer buffer() {
        return buffer;
    }

    /** A batch of all sections, without ordinals and partitions. */
    public EntryBatch batch() {
        EntryBatchBuilder batch = EntryBatch.builder(buffer, recycled -> {});
        for (int section = 0; section < buffer.sectionCount(); section++) {
            batch.addSection(
                    buffer.sectionStream(section).streamKey(),
                    -1,
                    buffer.sectionStart(section),
                    buffer.sectionEnd(section),
                    -1L);
        }
        return batch.build();
    }

    /** A cursor on the first entry. */
    public StreamEntryCursor first() {
        EntryBatch batch = batch();
        batch.nextSplit();
        return batch.nextRecordFromSplit();
    }

    /** A cursor on entry 7-1 of stream "orders-3" with these names and values. */
    public static StreamEntryCursor entryOf(String... namesAndValues) {
        return new TestEntries().section("orders-3").entry(7L, 1L, namesAndValues).first();
    }

    public static StreamEntryCursor entryOf(byte[][] namesAndValues) {
        return new TestEntries().section("orders-3").entry(7L, 1L, namesAndValues).first();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
