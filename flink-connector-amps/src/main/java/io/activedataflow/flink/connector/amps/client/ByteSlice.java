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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/** A part of an array that belongs to someone else. Re-used; valid during one call. */
@Internal
public final class ByteSlice {

    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int offset;
    private int length = -1;

    public void set(byte[] newArray, int newOffset, int newLength) {
        array = newArray;
        offset = newOffset;
        length = newLength;
    }

    public void setAbsent() {
        array = NOTHING;
        offset = 0;
        length = -1;
    }

    public boolean isPresent() {
        return length >= 0;
    }

    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    /** The number of bytes, or -1 if the field is absent. */
    public int length() {
        return length;
    }

    /** The bytes as UTF-8 text, or null if the field is absent. */
    public String text() {
        return length < 0 ? null : new String(array, offset, length, StandardCharsets.UTF_8);
    }
}
