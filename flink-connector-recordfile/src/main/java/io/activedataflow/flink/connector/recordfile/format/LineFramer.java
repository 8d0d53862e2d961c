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

/** Finds lines, which end with LF or CRLF. A CR without LF is part of its line. */
@Internal
public final class LineFramer implements RecordFramer {

    static final byte LF = '\n';
    private static final byte CR = '\r';

    private final boolean skipsBlankLines;

    public LineFramer(boolean skipsBlankLines) {
        this.skipsBlankLines = skipsBlankLines;
    }

    @Override
    public int synchronize(byte[] bytes, int from, int limit, boolean endOfFile) {
        int lineFeed = ByteScan.indexOf(bytes, from, limit, LF);
        if (lineFeed >= 0) {
            return lineFeed + 1;
        }
        return endOfFile ? limit : -1;
    }

    @Override
    public int frame(RecordBlock block, int from, int limit, boolean endOfFile) {
        byte[] bytes = block.bytes();
        int at = from;
        int blankLines = 0;
        while (!block.isFull()) {
            int lineFeed = ByteScan.indexOf(bytes, at, limit, LF);
            if (lineFeed < 0 && (!endOfFile || at == limit)) {
                break;
            }
            int end = endOfLine(bytes, at, lineFeed, limit);
            int next = lineFeed < 0 ? limit : lineFeed + 1;
            int lineBreaks = lineFeed < 0 ? 0 : 1;
            if (skipsBlankLines && isBlank(bytes, at, end)) {
                blankLines += lineBreaks;
            } else {
                block.addRecord(at, end, next, blankLines, lineBreaks);
                blankLines = 0;
            }
            at = next;
        }
        block.skipLines(blankLines);
        return at;
    }

    @Override
    public int recover(
            RecordBlock block,
            RecordFileErrorInfo error,
            int from,
            int scanFrom,
            int limit,
            boolean endOfFile) {
        byte[] bytes = block.bytes();
        int lineFeed = ByteScan.indexOf(bytes, scanFrom, limit, LF);
        if (lineFeed < 0 && !endOfFile) {
            return -1;
        }
        int end = endOfLine(bytes, from, lineFeed, limit);
        int next = lineFeed < 0 ? limit : lineFeed + 1;
        block.addMalformed(from, end, next, 0, lineFeed < 0 ? 0 : 1, error);
        return next;
    }

    private static int endOfLine(byte[] bytes, int from, int lineFeed, int limit) {
        if (lineFeed < 0) {
            return limit;
        }
        return lineFeed > from && bytes[lineFeed - 1] == CR ? lineFeed - 1 : lineFeed;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b != ' ' && b != '\t' && b != CR) {
                return false;
            }
        }
        return true;
    }
}
