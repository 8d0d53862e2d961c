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

import org.apache.flink.annotation.Internal;

/**
 * The straight run through entries whose bytes have all arrived, written the way Redis writes them.
 * Stops, without an error, before anything else: what has not arrived and what is unusual is left
 * to {@link RespStreamDecoder}. Nothing here allocates. Fetcher thread only.
 */
@Internal
final class RespEntryScanner {

    /** As many bytes as are looked at without asking whether they have arrived. */
    private static final int HEAD_BYTES = 64;

    private static final int SLICE_HEAD_BYTES = 16;
    private static final int MAX_DIGITS = 18;

    int pos;
    int entriesLeft;

    /** Names and values of the current entry that are still to come. */
    int slicesLeft;

    void scan(EntryBuffer into) {
        final byte[] data = into.data();
        final int end = into.filled();
        int p = pos;
        int left = entriesLeft;
        int slices = slicesLeft;
        scanning:
        while (true) {
            while (slices > 0) {
                if (end - p < SLICE_HEAD_BYTES || data[p] != '$') {
                    break scanning;
                }
                int length = data[p + 1] - '0';
                if (length < 0 || length > 9) {
                    break scanning;
                }
                int q = p + 2;
                int digit = data[q++] - '0';
                while (digit >= 0 && digit <= 9) {
                    if (q - p > 10) {
                        break scanning;
                    }
                    length = length * 10 + digit;
                    digit = data[q++] - '0';
                }
                if (digit != '\r' - '0' || data[q] != '\n') {
                    break scanning;
                }
                q++;
                if (length > end - 2 - q) {
                    break scanning;
                }
                int after = q + length;
                if (data[after] != '\r' || data[after + 1] != '\n') {
                    break scanning;
                }
                into.addSlice(q, length);
                p = after + 2;
                slices--;
            }
            if (left == 0 || end - p < HEAD_BYTES) {
                break;
            }
            if (data[p] != '*'
                    || data[p + 1] != '2'
                    || data[p + 2] != '\r'
                    || data[p + 3] != '\n'
                    || data[p + 4] != '$') {
                break;
            }
            int q = p + 5;
            int idLength = data[q++] - '0';
            int digit = data[q++] - '0';
            if (digit >= 0 && digit <= 9) {
                idLength = idLength * 10 + digit;
                digit = data[q++] - '0';
            }
            if (digit != '\r' - '0' || data[q++] != '\n' || idLength < 3 || idLength > 38) {
                break;
            }
            int idEnd = q + idLength;
            int from = q;
            long milliseconds = 0;
            while (q < idEnd && (digit = data[q] - '0') >= 0 && digit <= 9) {
                milliseconds = milliseconds * 10 + digit;
                q++;
            }
            if (data[q] != '-' || q == from || q - from > MAX_DIGITS) {
                break;
            }
            from = ++q;
            long sequence = 0;
            while (q < idEnd && (digit = data[q] - '0') >= 0 && digit <= 9) {
                sequence = sequence * 10 + digit;
                q++;
            }
            if (q != idEnd
                    || q == from
                    || q - from > MAX_DIGITS
                    || data[q] != '\r'
                    || data[q + 1] != '\n'
                    || data[q + 2] != '*') {
                break;
            }
            q += 3;
            int count = data[q++] - '0';
            digit = data[q++] - '0';
            if (digit >= 0 && digit <= 9) {
                count = count * 10 + digit;
                digit = data[q++] - '0';
            }
            if (digit != '\r' - '0' || data[q] != '\n' || count < 0 || (count & 1) != 0) {
                break;
            }
            into.beginEntry(milliseconds, sequence);
            p = q + 1;
            left--;
            slices = count;
        }
        pos = p;
        entriesLeft = left;
        slicesLeft = slices;
    }
}
