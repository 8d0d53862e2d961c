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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/** Finds records that end with a delimiter. Line breaks are counted by their LF. */
@Internal
final class DelimiterFramer implements RecordFramer {

    private final byte[] delimiter;
    private final int[] borders;

    private int matched;
    private int linesGivenUp;

    DelimiterFramer(byte[] delimiter) {
        this.delimiter = delimiter;
        this.borders = borders(delimiter);
    }

    /** For each length of a beginning, how much of it is also its end, the whole not counted. */
    private static int[] borders(byte[] delimiter) {
        int[] borders = new int[delimiter.length + 1];
        int border = 0;
        for (int length = 2; length <= delimiter.length; length++) {
            byte last = delimiter[length - 1];
            while (border > 0 && delimiter[border] != last) {
                border = borders[border];
            }
            if (delimiter[border] == last) {
                border++;
            }
            borders[length] = border;
        }
        return borders;
    }

    boolean overlapsItself() {
        return borders[delimiter.length] > 0;
    }

    @Override
    public int lookBehind() {
        return delimiter.length;
    }

    @Override
    public int synchronize(byte[] bytes, int from, int limit, boolean endOfFile) {
        int found = find(bytes, from, limit);
        if (found >= 0) {
            return found + delimiter.length;
        }
        return endOfFile ? limit : -1;
    }

    @Override
    public int frame(RecordBlock block, int from, int limit, boolean endOfFile) {
        byte[] bytes = block.bytes();
        int at = from;
        while (!block.isFull()) {
            int found = find(bytes, at, limit);
            if (found < 0 && (!endOfFile || at == limit)) {
                break;
            }
            int next = found < 0 ? limit : found + delimiter.length;
            int lines = ByteScan.count(bytes, at, next, LineFramer.LF);
            block.addRecord(at, found < 0 ? limit : found, next, 0, lines);
            at = next;
        }
        return at;
    }

    private int find(byte[] bytes, int from, int limit) {
        int last = limit - delimiter.length + 1;
        int at = from;
        while (true) {
            int found = ByteScan.indexOf(bytes, at, last, delimiter[0]);
            if (found < 0
                    || Arrays.equals(
                            bytes,
                            found,
                            found + delimiter.length,
                            delimiter,
                            0,
                            delimiter.length)) {
                return found;
            }
            at = found + 1;
        }
    }

    /** Byte by byte, because the bytes before {@code scanFrom} may be gone. */
    @Override
    public int recover(
            RecordBlock block,
            RecordFileErrorInfo error,
            int from,
            int scanFrom,
            int limit,
            boolean endOfFile) {
        byte[] bytes = block.bytes();
        for (int at = scanFrom; at < limit; at++) {
            if (matches(bytes[at])) {
                int end = Math.max(from, at + 1 - delimiter.length);
                return giveUp(block, error, from, end, at + 1);
            }
        }
        return endOfFile ? giveUp(block, error, from, limit, limit) : -1;
    }

    private boolean matches(byte next) {
        if (next == LineFramer.LF) {
            linesGivenUp++;
        }
        while (matched > 0 && delimiter[matched] != next) {
            matched = borders[matched];
        }
        if (delimiter[matched] == next) {
            matched++;
        }
        return matched == delimiter.length;
    }

    private int giveUp(RecordBlock block, RecordFileErrorInfo error, int from, int end, int next) {
        block.addMalformed(from, end, next, 0, linesGivenUp, error);
        matched = 0;
        linesGivenUp = 0;
        return next;
    }
}
