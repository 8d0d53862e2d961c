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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Replies as a server would send them, and what a buffer says they hold. */
final class RespReplies {

    /** One entry; names and values alternate; null stands for nil in place of the fields. */
    record Entry(StreamEntryId id, List<byte[]> slices) {

        static Entry of(String id, String... slices) {
            List<byte[]> bytes = new ArrayList<>();
            for (String slice : slices) {
                bytes.add(slice.getBytes(StandardCharsets.UTF_8));
            }
            return new Entry(StreamEntryId.parse(id), bytes);
        }

        /** A text that is equal for equal entries. */
        String text() {
            StringBuilder text = new StringBuilder(id.toString());
            for (byte[] slice : slices == null ? List.<byte[]>of() : slices) {
                text.append(' ').append(RespSyntax.escape(slice, 0, slice.length)).append(';');
            }
            return text.toString();
        }
    }

    record Section(String key, List<Entry> entries) {}

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    RespReplies raw(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    RespReplies bulk(byte[] payload) {
        raw("$" + payload.length + "\r\n");
        bytes.writeBytes(payload);
        return raw("\r\n");
    }

    RespReplies bulk(String payload) {
        return bulk(payload.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param between goes in front of every element within the reply; an attribute or nothing
     */
    RespReplies reply(List<Section> sections, boolean resp3, String between) {
        raw(between).raw((resp3 ? "%" : "*") + sections.size() + "\r\n");
        for (Section section : sections) {
            if (!resp3) {
                raw(between).raw("*2\r\n");
            }
            raw(between).bulk(section.key());
            raw(between).raw("*" + section.entries().size() + "\r\n");
            for (Entry entry : section.entries()) {
                raw(between).raw("*2\r\n");
                raw(between).bulk(entry.id().toString());
                raw(between);
                if (entry.slices() == null) {
                    raw(resp3 ? "_\r\n" : "*-1\r\n");
                    continue;
                }
                raw("*" + entry.slices().size() + "\r\n");
                for (byte[] slice : entry.slices()) {
                    raw(between).bulk(slice);
                }
            }
        }
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    static List<StreamReadPosition> positions(String... keys) {
        List<StreamReadPosition> positions = new ArrayList<>();
        for (String key : keys) {
            positions.add(new StreamReadPosition(key, StreamEntryId.ZERO));
        }
        return positions;
    }

    static void append(EntryBuffer buffer, byte[] bytes, int from, int to) {
        buffer.reserve(to - from);
        System.arraycopy(bytes, from, buffer.data(), buffer.filled(), to - from);
        buffer.addFilled(to - from);
    }

    /** All entries of the buffer, each with its stream in front. */
    static List<String> texts(EntryBuffer buffer) {
        List<String> texts = new ArrayList<>();
        for (int section = 0; section < buffer.sectionCount(); section++) {
            String key = buffer.sectionStream(section).streamKey();
            for (int e = buffer.sectionStart(section); e < buffer.sectionEnd(section); e++) {
                texts.add(key + ' ' + entry(buffer, e).text());
            }
        }
        return texts;
    }

    private static Entry entry(EntryBuffer buffer, int entry) {
        List<byte[]> slices = new ArrayList<>();
        for (int field = 0; field < buffer.fieldCount(entry); field++) {
            slices.add(
                    bytes(
                            buffer,
                            buffer.nameOffset(entry, field),
                            buffer.nameLength(entry, field)));
            slices.add(
                    bytes(
                            buffer,
                            buffer.valueOffset(entry, field),
                            buffer.valueLength(entry, field)));
        }
        return new Entry(
                new StreamEntryId(buffer.idMilliseconds(entry), buffer.idSequence(entry)), slices);
    }

    private static byte[] bytes(EntryBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(buffer.data(), offset, copy, 0, length);
        return copy;
    }

    static List<String> texts(List<Section> sections) {
        List<String> texts = new ArrayList<>();
        for (Section section : sections) {
            section.entries().forEach(entry -> texts.add(section.key() + ' ' + entry.text()));
        }
        return texts;
    }
}
