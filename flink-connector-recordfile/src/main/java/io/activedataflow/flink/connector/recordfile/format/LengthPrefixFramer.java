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

import io.activedataflow.flink.connector.recordfile.RecordFileError;

import org.apache.flink.annotation.Internal;

/** Finds records by the length in front of each. Lines have no meaning and are not counted. */
@Internal
final class LengthPrefixFramer implements RecordFramer {

    private static final long NOT_GIVING_UP = -1;

    private final int prefixBytes;
    private final boolean bigEndian;

    private long leftToSkip = NOT_GIVING_UP;
    private long lengthGivenUp;

    LengthPrefixFramer(int prefixBytes, boolean bigEndian) {
        this.prefixBytes = prefixBytes;
        this.bigEndian = bigEndian;
    }

    @Override
    public int prefixBytes() {
        return prefixBytes;
    }

    @Override
    public int frame(RecordBlock block, int from, int limit, boolean endOfFile) {
        byte[] bytes = block.bytes();
        int at = from;
        while (limit - at >= prefixBytes && !block.isFull()) {
            int begin = at + prefixBytes;
            long length = length(bytes, at);
            if (length > limit - begin) {
                break;
            }
            int end = begin + (int) length;
            block.addRecord(begin, end, end, 0, 0);
            at = end;
        }
        return at;
    }

    private long length(byte[] bytes, int at) {
        long length = 0;
        for (int i = 0; i < prefixBytes; i++) {
            int index = bigEndian ? i : prefixBytes - 1 - i;
            length = length << 8 | bytes[at + index] & 0xFF;
        }
        return length;
    }

    @Override
    public int recover(
            RecordBlock block,
            RecordFileErrorInfo error,
            int from,
            int scanFrom,
            int limit,
            boolean endOfFile) {
        if (leftToSkip == NOT_GIVING_UP) {
            if (limit - from < prefixBytes) {
                return endOfFile ? endsInside(block, from, limit, "its length") : -1;
            }
            lengthGivenUp = length(block.bytes(), from);
            leftToSkip = prefixBytes + lengthGivenUp - (scanFrom - from);
        }
        int there = limit - scanFrom;
        if (leftToSkip <= there) {
            int next = scanFrom + (int) leftToSkip;
            leftToSkip = NOT_GIVING_UP;
            block.addMalformed(from, next, next, 0, 0, error);
            return next;
        }
        leftToSkip -= there;
        return endOfFile
                ? endsInside(block, from, limit, "a record of " + lengthGivenUp + " bytes")
                : -1;
    }

    private int endsInside(RecordBlock block, int from, int limit, String inside) {
        leftToSkip = NOT_GIVING_UP;
        block.addMalformed(
                from,
                limit,
                limit,
                0,
                0,
                new RecordFileErrorInfo(
                        RecordFileError.STRUCTURE,
                        "The file ends inside of "
                                + inside
                                + ". It is cut off, or the length is wrong or of another form than "
                                + prefixBytes
                                + (bigEndian ? " big" : " little")
                                + "-endian bytes."));
        return limit;
    }
}
