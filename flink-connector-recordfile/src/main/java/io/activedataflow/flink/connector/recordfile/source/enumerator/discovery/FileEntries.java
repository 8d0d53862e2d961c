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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.split.StateReader;
import io.activedataflow.flink.connector.recordfile.source.split.StateWriter;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.Arrays;

/** Files that are remembered: 32 bytes each. Immutable. */
@Internal
final class FileEntries {

    /** High and low half of the path's hash, a time, and the hash of the content. */
    private static final int STRIDE = 4;

    static final int BYTES_EACH = STRIDE * Long.BYTES;

    private final long[] values;

    private FileEntries(long[] values) {
        this.values = values;
    }

    int size() {
        return values.length / STRIDE;
    }

    PathHash hash(int index) {
        return new PathHash(values[index * STRIDE], values[index * STRIDE + 1]);
    }

    long time(int index) {
        return values[index * STRIDE + 2];
    }

    long content(int index) {
        return values[index * STRIDE + 3];
    }

    void writeTo(StateWriter out) throws IOException {
        out.writeInt(size());
        for (long value : values) {
            out.writeLong(value);
        }
    }

    static FileEntries readFrom(StateReader in) throws IOException {
        long[] values = new long[in.readCount(BYTES_EACH) * STRIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return new FileEntries(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileEntries that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return size() + " files";
    }

    /** Collects entries. */
    static final class Builder {

        private long[] values = new long[8 * STRIDE];
        private int length;

        void add(PathHash hash, long time, long content) {
            if (length == values.length) {
                values = Arrays.copyOf(values, Math.multiplyExact(length, 2));
            }
            values[length++] = hash.high();
            values[length++] = hash.low();
            values[length++] = time;
            values[length++] = content;
        }

        FileEntries build() {
            return new FileEntries(Arrays.copyOf(values, length));
        }
    }
}
