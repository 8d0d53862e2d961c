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

/** Decompresses what snappy-java's {@code SnappyOutputStream} writes. */
@Internal
final class SnappyBlocksDecoder extends SnappyDecoder {

    // The first half of the magic number, as a length; all lengths are positive.
    private static final int HEADER_AS_LENGTH = 0x82534e41;
    private static final int REST_OF_HEADER = 12;

    SnappyBlocksDecoder(StoredBytes stored) throws IOException {
        super(stored);
    }

    @Override
    public long nextMember() throws IOException {
        while (!stored().isAtEnd()) {
            long offset = stored().position();
            int length = Integer.reverseBytes(stored().nextInt());
            if (length == HEADER_AS_LENGTH) {
                stored().skip(REST_OF_HEADER);
            } else if (length < 0) {
                throw new IOException("a block has the length " + length);
            } else {
                decompress(length);
                return offset;
            }
        }
        return -1;
    }
}
