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

package io.activedataflow.flink.connector.amps.standin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames that wait to be written in one go. Not thread-safe. */
final class FrameBuffer {

    private static final int LENGTH_BYTES = 4;

    private byte[] bytes;
    private int size;
    private int frameStart;

    /**
     * @param capacity bytes to begin with
     */
    FrameBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Starts a frame; its length is filled in by {@link #end}. */
    void begin() {
        frameStart = size;
        require(LENGTH_BYTES);
        size += LENGTH_BYTES;
    }

    /** Ends the frame. */
    void end() {
        int length = size - frameStart - LENGTH_BYTES;
        bytes[frameStart] = (byte) (length >>> 24);
        bytes[frameStart + 1] = (byte) (length >>> 16);
        bytes[frameStart + 2] = (byte) (length >>> 8);
        bytes[frameStart + 3] = (byte) length;
    }

    /** Appends a complete frame. */
    void appendFrame(byte[] frame) {
        frameStart = size;
        append(frame);
    }

    FrameBuffer append(byte[] source) {
        return append(source, 0, source.length);
    }

    FrameBuffer append(byte[] source, int offset, int length) {
        require(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    FrameBuffer append(char ascii) {
        require(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    FrameBuffer append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends an unsigned number in decimal. */
    FrameBuffer appendUnsigned(long value) {
        if (value < 0) {
            long tens = Long.divideUnsigned(value, 10);
            appendUnsigned(tens);
            return append((char) ('0' + (int) (value - tens * 10)));
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        require(digits);
        long rest = value;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** Appends a number with leading zeros. */
    FrameBuffer appendPadded(int value, int digits) {
        require(digits);
        int rest = value;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    int size() {
        return size;
    }

    /** Where the last frame begins. */
    int frameStart() {
        return frameStart;
    }

    byte[] array() {
        return bytes;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    /** A copy of everything. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
    }

    private void require(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
