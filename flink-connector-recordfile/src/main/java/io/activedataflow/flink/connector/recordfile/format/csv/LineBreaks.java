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

package io.activedataflow.flink.connector.recordfile.format.csv;

import org.apache.flink.annotation.Internal;

/** Line feeds, carriage returns, and both together: each is one line break. */
@Internal
final class LineBreaks {

    private LineBreaks() {}

    static boolean isAt(byte[] bytes, int at) {
        byte value = bytes[at];
        return value == '\n' || value == '\r';
    }

    /** Where the first line break begins, or {@code limit}. */
    static int find(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && !isAt(bytes, at)) {
            at++;
        }
        return at;
    }

    /**
     * Where the line break that begins at {@code at} ends, or -1 if that cannot be told because a
     * carriage return is the last byte that is known.
     */
    static int end(byte[] bytes, int at, int limit, boolean endOfFile) {
        if (bytes[at] == '\n') {
            return at + 1;
        }
        if (at + 1 == limit) {
            return endOfFile ? limit : -1;
        }
        return bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }
}
