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

package io.activedataflow.flink.connector.recordfile.source.reader;

import org.apache.flink.annotation.Internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Blocks to be filled. Keeps a few of those that are given back and makes others when it has none,
 * so it bounds nothing: how many blocks there are is decided by those who read them. Thread-safe.
 */
@Internal
final class BlockPool {

    static final int DEFAULT_CHUNK_BYTES = 128 * 1024;

    /** One that is filled, one that waits, one that is looked at, and one on its way back. */
    private static final int KEPT = 4;

    private final int chunkBytes;
    private final BlockingQueue<FileBlock> free = new ArrayBlockingQueue<>(KEPT);

    BlockPool() {
        this(DEFAULT_CHUNK_BYTES);
    }

    /**
     * @param chunkBytes how many bytes are read before they are taken apart
     */
    BlockPool(int chunkBytes) {
        if (chunkBytes < 1) {
            throw new IllegalArgumentException(
                    "Chunks of " + chunkBytes + " bytes cannot be read. Give at least 1.");
        }
        this.chunkBytes = chunkBytes;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    FileBlock take() {
        FileBlock block = free.poll();
        return block != null ? block : new FileBlock(this, chunkBytes);
    }

    void recycle(FileBlock block) {
        // An array that one long record has made larger is not kept.
        if (block.content().capacity() <= 4L * chunkBytes + ContentBuffer.MIN_ROOM) {
            free.offer(block);
        }
    }
}
