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

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

import java.io.IOException;

/** Decompresses zstd, with a library that is given one frame at a time. */
@Internal
final class ZstdDecoder implements MemberDecoder {

    private final StoredBytes stored;
    private final ZstdFrame frame;
    private final ZstdInputStreamNoFinalizer frames;

    ZstdDecoder(StoredBytes stored) throws IOException {
        this.stored = stored;
        this.frame = new ZstdFrame(stored);
        this.frames = new ZstdInputStreamNoFinalizer(frame, RecyclingBufferPool.INSTANCE);
    }

    @Override
    public long nextMember() throws IOException {
        while (!stored.isAtEnd()) {
            long offset = stored.position();
            int magic = stored.nextInt();
            if (magic == ZstdFrame.MAGIC) {
                frame.begin();
                return offset;
            }
            if (!SkippableFrames.isMagic(magic)) {
                throw new IOException("there is something else than a zstd frame");
            }
            SkippableFrames.skip(stored);
        }
        return -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        // At the end of a frame it reads on when it is given the next one.
        int count = frames.read(buffer, offset, length);
        if (count < 0 && !frame.isAtEnd()) {
            throw new IOException("a frame ends before its last block");
        }
        return count;
    }

    @Override
    public void close() {
        try {
            frames.close();
        } catch (IOException e) {
            // It holds memory only; the file is closed by whoever has opened it.
            throw new IllegalStateException(e);
        }
    }
}
