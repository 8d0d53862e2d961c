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

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Encodes requests into a byte array that is used again and again. Fetcher thread only. */
@Internal
final class RequestEncoder {

    private static final byte[] ASKING = ascii("*1\r\n$6\r\nASKING\r\n");
    private static final byte[] AUTH = ascii("$4\r\nAUTH\r\n");
    private static final byte[] XREAD_COUNT = ascii("$5\r\nXREAD\r\n$5\r\nCOUNT\r\n");
    private static final byte[] BLOCK = ascii("$5\r\nBLOCK\r\n");
    private static final byte[] STREAMS = ascii("$7\r\nSTREAMS\r\n");
    private static final int MAX_LONG_DIGITS = 20;

    private byte[] bytes = new byte[4096];
    private int length;
    private final byte[] id = new byte[2 * MAX_LONG_DIGITS + 1];

    void asking() {
        raw(ASKING);
    }

    /**
     * @param user null for the default user
     */
    void auth(String user, String password) {
        header('*', user == null ? 2 : 3);
        raw(AUTH);
        if (user != null) {
            bulk(user.getBytes(StandardCharsets.UTF_8));
        }
        bulk(password.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param blockMillis negative: not at all
     */
    void xread(List<StreamReadPosition> streams, int count, int blockMillis) {
        int streamCount = streams.size();
        header('*', (blockMillis < 0 ? 4 : 6) + 2 * streamCount);
        raw(XREAD_COUNT);
        number(count);
        if (blockMillis >= 0) {
            raw(BLOCK);
            number(blockMillis);
        }
        raw(STREAMS);
        for (int i = 0; i < streamCount; i++) {
            bulk(streams.get(i).keyBytes());
        }
        for (int i = 0; i < streamCount; i++) {
            StreamReadPosition position = streams.get(i);
            int from = digits(id, id.length, position.sequence());
            id[--from] = '-';
            from = digits(id, from, position.milliseconds());
            bulk(id, from, id.length - from);
        }
    }

    /** Sends everything in one piece. */
    void writeTo(OutputStream out) throws IOException {
        int toWrite = length;
        length = 0;
        out.write(bytes, 0, toWrite);
    }

    private void number(int value) {
        int from = digits(id, id.length, value);
        bulk(id, from, id.length - from);
    }

    private void header(char type, int value) {
        int from = digits(id, id.length, value);
        reserve(id.length - from + 3);
        bytes[length++] = (byte) type;
        System.arraycopy(id, from, bytes, length, id.length - from);
        length += id.length - from;
        lineEnd();
    }

    private void bulk(byte[] payload) {
        bulk(payload, 0, payload.length);
    }

    private void bulk(byte[] payload, int from, int count) {
        int digits = decimalDigits(count);
        reserve(count + digits + 5);
        bytes[length++] = '$';
        length += digits;
        digits(bytes, length, count);
        lineEnd();
        System.arraycopy(payload, from, bytes, length, count);
        length += count;
        lineEnd();
    }

    private void lineEnd() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void raw(byte[] payload) {
        reserve(payload.length);
        System.arraycopy(payload, 0, bytes, length, payload.length);
        length += payload.length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }

    private static int decimalDigits(int value) {
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes an unsigned number so that it ends at the given position; returns where it starts. */
    private static int digits(byte[] target, int end, long value) {
        int p = end;
        long rest = value;
        if (rest < 0) {
            long quotient = Long.divideUnsigned(rest, 10);
            target[--p] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        }
        do {
            target[--p] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        return p;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
