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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import io.activedataflow.flink.connector.recordfile.format.compression.ByteInput;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The content of a file as a stream. */
@Internal
final class ByteInputStream extends InputStream {

    private static final int BUFFER = 8192;

    private final ByteInput input;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;

    ByteInputStream(ByteInput input) {
        this.input = input;
    }

    @Override
    public int read() throws IOException {
        if (at == limit) {
            limit = Math.max(0, input.read(buffer, 0, BUFFER));
            at = 0;
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (at == limit) {
            return input.read(target, offset, length);
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(buffer, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return limit - at;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
