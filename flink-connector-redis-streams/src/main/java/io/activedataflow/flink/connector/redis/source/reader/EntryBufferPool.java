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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.client.EntryBuffer;

import org.apache.flink.annotation.Internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Keeps a few buffers for the next reads. The fetcher thread takes, the task thread gives back;
 * what was swollen by exceptionally large entries is left to the garbage collector.
 */
@Internal
final class EntryBufferPool {

    private static final int MAX_BUFFERS = 8;

    private final BlockingQueue<EntryBuffer> free = new ArrayBlockingQueue<>(MAX_BUFFERS);
    private final long maxRetainedBytes;

    EntryBufferPool(long targetBytes) {
        this.maxRetainedBytes = 4 * targetBytes;
    }

    EntryBuffer take() {
        EntryBuffer buffer = free.poll();
        return buffer == null ? new EntryBuffer() : buffer;
    }

    void giveBack(EntryBuffer buffer) {
        if (buffer.capacity() <= maxRetainedBytes) {
            buffer.clear();
            free.offer(buffer);
        }
    }
}
