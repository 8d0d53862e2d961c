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

package io.activedataflow.flink.connector.redis.testutils;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Requests in the protocol of Redis, encoded into one array that is used again and again. */
final class RespBuffer {

    private static final int MAX_HEADER = 16;

    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Appends a type and a non-negative number. */
    void header(char type, int number) {
        reserve(MAX_HEADER);
        bytes[size++] = (byte) type;
        int end = size + digits(number);
        int rest = number;
        for (int i = end - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size = end;
        endLine();
    }

    /** Appends a word of a command. */
    void bulk(byte[] word) {
        header('$', word.length);
        raw(word);
        endLine();
    }

    /** Appends what is encoded already. */
    void raw(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        out.flush();
    }

    private void endLine() {
        reserve(2);
        bytes[size++] = '\r';
        bytes[size++] = '\n';
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    private static int digits(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
