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

import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.SingleXZInputStream;

import java.io.IOException;

/** Decompresses xz, with a library that takes exactly the bytes of one stream. */
@Internal
final class XzDecoder extends StreamDecoder {

    private static final byte[] MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int PADDING_UNIT = 4;

    XzDecoder(StoredBytes stored) {
        super(stored);
    }

    @Override
    public long nextMember() throws IOException {
        skipPadding();
        if (stored().isAtEnd()) {
            return -1;
        }
        long offset = stored().position();
        use(
                new SingleXZInputStream(
                        new StreamOfMember(stored(), MAGIC), BasicArrayCache.getInstance()));
        return offset;
    }

    /** Zeros, four at a time, may follow any stream. */
    private void skipPadding() throws IOException {
        int zeros = 0;
        while (!stored().isAtEnd() && stored().buffer()[stored().bufferPosition()] == 0) {
            stored().take(1);
            zeros++;
        }
        if (zeros % PADDING_UNIT != 0) {
            throw new IOException(
                    "there are " + zeros + " zeros behind a stream, not a multiple of four");
        }
    }
}
