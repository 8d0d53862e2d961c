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

package io.activedataflow.flink.connector.recordfile.format.compression;

import io.activedataflow.flink.connector.recordfile.testing.MemoryFileInput;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Contents of files, and reading them. */
final class Contents {

    private Contents() {}

    /** Lines that can be compressed, and are not all the same. */
    static byte[] lines(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(random.nextInt(1000)).append(",some text,").append(seed).append('\n');
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static ByteInput open(String name, byte[] stored) throws IOException {
        return open(name, stored, 0, 0);
    }

    static ByteInput open(String name, byte[] stored, long memberOffset, long offsetInMember)
            throws IOException {
        return ByteInputs.open(
                new MemoryFileInput(name, stored, Integer.MAX_VALUE),
                Compression.AUTO,
                memberOffset,
                offsetInMember);
    }

    static byte[] read(String name, byte[] stored) throws IOException {
        return readAll(open(name, stored));
    }

    static byte[] readAll(ByteInput input) throws IOException {
        try (input) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = input.read(buffer, 0, buffer.length);
                    n >= 0;
                    n = input.read(buffer, 0, buffer.length)) {
                content.write(buffer, 0, n);
            }
            return content.toByteArray();
        }
    }
}
