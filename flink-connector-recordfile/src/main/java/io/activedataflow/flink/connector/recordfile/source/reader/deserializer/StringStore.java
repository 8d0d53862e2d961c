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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.StringData;

/** One array for the bytes of all texts of a row. Task thread. */
@Internal
final class StringStore {

    private byte[] bytes = {};
    private int used;

    /**
     * Begins a new row.
     *
     * @param length how many bytes its texts have
     */
    void reserve(int length) {
        bytes = new byte[length];
        used = 0;
    }

    /** Copies UTF-8. */
    StringData add(byte[] data, int from, int to) {
        int length = to - from;
        if (length > bytes.length - used) {
            reserve(length);
        }
        System.arraycopy(data, from, bytes, used, length);
        StringData string = StringData.fromBytes(bytes, used, length);
        used += length;
        return string;
    }
}
