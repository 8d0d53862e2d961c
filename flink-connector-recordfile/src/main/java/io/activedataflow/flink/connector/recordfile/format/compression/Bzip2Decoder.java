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

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

import java.io.IOException;

/**
 * Decompresses bzip2, with a library that Flink brings along. It takes single bytes as it needs
 * them, so that it ends exactly at the end of a stream.
 */
@Internal
final class Bzip2Decoder extends StreamDecoder {

    private static final byte[] MAGIC = {'B', 'Z', 'h'};

    Bzip2Decoder(StoredBytes stored) {
        super(stored);
    }

    @Override
    public long nextMember() throws IOException {
        if (stored().isAtEnd()) {
            return -1;
        }
        long offset = stored().position();
        use(new BZip2CompressorInputStream(new StreamOfMember(stored(), MAGIC), false));
        return offset;
    }
}
