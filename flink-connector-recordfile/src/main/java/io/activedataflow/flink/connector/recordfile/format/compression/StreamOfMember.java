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

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a library reads a member from, after the first bytes have been looked at. */
@Internal
final class StreamOfMember extends InputStream {

    private final StoredBytes stored;
    private final byte[] magic;
    private int magicRead;

    /**
     * @throws IOException if the next bytes are not those that a member begins with
     */
    StreamOfMember(StoredBytes stored, byte[] magic) throws IOException {
        this.stored = stored;
        this.magic = magic;
        byte[] actual = new byte[magic.length];
        stored.readFully(actual, 0, actual.length);
        if (!Arrays.equals(actual, magic)) {
            throw new IOException("there is something else than compressed data");
        }
    }

    @Override
    public int read() throws IOException {
        return magicRead < magic.length ? magic[magicRead++] & 0xff : stored.next();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (magicRead < magic.length) {
            int count = Math.min(length, magic.length - magicRead);
            System.arraycopy(magic, magicRead, buffer, offset, count);
            magicRead += count;
            return count;
        }
        return stored.read(buffer, offset, length);
    }
}
