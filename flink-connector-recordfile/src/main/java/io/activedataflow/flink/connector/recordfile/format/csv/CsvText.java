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

package io.activedataflow.flink.connector.recordfile.format.csv;

import io.activedataflow.flink.connector.recordfile.format.ByteWords;
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/** Collects the texts of fields without their quotes and escapes. Re-used. One thread. */
@Internal
final class CsvText {

    private final int quote;
    private final long quotePattern;
    private final int escape;
    private byte[] buffer = new byte[256];
    private int length;

    CsvText(CsvDialect dialect) {
        quote = dialect.quote();
        quotePattern = (quote & 0x7F) * ByteWords.ONES;
        escape = dialect.escape();
    }

    /**
     * Appends a field.
     *
     * @param flags as {@link RecordBlock#addField} has them
     * @return the length of the buffer's content with it
     */
    int append(byte[] bytes, int from, int to, int flags) {
        if (buffer.length - length < to - from) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + to - from));
        }
        if ((flags & RecordBlock.ESCAPED) == 0) {
            copy(bytes, from, to);
        } else {
            resolve(bytes, from, to, (flags & RecordBlock.QUOTED) != 0);
        }
        return length;
    }

    private void resolve(byte[] bytes, int from, int to, boolean quoted) {
        if (escape != CsvDialect.NONE) {
            resolveEscapes(bytes, from, to, quoted);
            return;
        }
        // Of the quotes inside of a field, the first, third, ... close it and the others open it
        // again: those are kept, so that a doubled quote is one.
        byte[] target = buffer;
        int end = length;
        boolean opens = false;
        int at = from;
        while (at <= to - Long.BYTES) {
            long word = ByteWords.get(bytes, at);
            ByteWords.set(target, end, word);
            long quotes = ByteWords.zeros(word ^ quotePattern);
            if (quotes == 0) {
                at += Long.BYTES;
                end += Long.BYTES;
            } else {
                int before = Long.numberOfTrailingZeros(quotes) >>> 3;
                at += before + 1;
                end += opens ? before + 1 : before;
                opens = !opens;
            }
        }
        for (; at < to; at++) {
            byte value = bytes[at];
            if (value != quote) {
                target[end++] = value;
                continue;
            }
            if (opens) {
                target[end++] = value;
            }
            opens = !opens;
        }
        length = end;
    }

    private void copy(byte[] bytes, int from, int to) {
        System.arraycopy(bytes, from, buffer, length, to - from);
        length += to - from;
    }

    private void resolveEscapes(byte[] bytes, int from, int to, boolean quoted) {
        byte[] target = buffer;
        int end = length;
        boolean opens = false;
        for (int i = from; i < to; i++) {
            byte value = bytes[i];
            if (value == escape && i + 1 < to) {
                target[end++] = bytes[++i];
            } else if (quoted && value == quote) {
                if (opens) {
                    target[end++] = value;
                }
                opens = !opens;
            } else {
                target[end++] = value;
            }
        }
        length = end;
    }

    void clear() {
        length = 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }
}
