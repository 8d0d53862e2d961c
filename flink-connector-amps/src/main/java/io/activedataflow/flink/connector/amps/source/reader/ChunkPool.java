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

package io.activedataflow.flink.connector.amps.source.reader;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the chunks of one buffer come from and go back to; keeps what they hold together within
 * bounds and makes the producer wait where that is needed. Its lock is taken once a chunk, never
 * once a message.
 *
 * <p>Chunks start small. A larger one is made only when a chunk is full while no other is free, so
 * that a split on which little arrives holds little. Chunks that have long been free are given up.
 */
@Internal
final class ChunkPool {

    /** Small enough not to be an object of its own region in the heap of any collector. */
    private static final int LARGEST_BYTES = 256 * 1024;

    private static final int LARGEST_MESSAGES = 1024;
    private static final int SMALLEST_BYTES = 8 * 1024;
    private static final int SMALLEST_MESSAGES = 32;

    /** So many chunks of the largest kind fit at least, so that one is filled while one is read. */
    private static final int CHUNKS = 4;

    private final int maxMessages;
    private final long maxBytes;
    private final WakeUp wakeUp;
    private final int chunkMessages;
    private final int chunkBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    /** The latest used first. */
    private final Deque<MessageChunk> free = new ArrayDeque<>();

    private long freeBytes;
    private int leastFree;
    private int nextMessages;
    private int nextBytes;
    @Nullable private MessageChunk filling;

    /** In chunks that are sealed. */
    private int heldMessages;

    /** The size of all chunks in use. */
    private long heldBytes;

    private boolean closed;
    private volatile boolean blocked;

    /**
     * @param maxMessages the most messages in chunks that are in use
     * @param maxBytes the most bytes in chunks, used and free; a larger message is held alone
     * @param wakeUp tells the consumer that the producer needs room
     */
    ChunkPool(int maxMessages, long maxBytes, WakeUp wakeUp) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.wakeUp = wakeUp;
        this.chunkMessages = Math.max(1, Math.min(LARGEST_MESSAGES, maxMessages / CHUNKS));
        this.chunkBytes = (int) Math.max(1, Math.min(LARGEST_BYTES, maxBytes / CHUNKS));
        this.nextMessages = Math.min(SMALLEST_MESSAGES, chunkMessages);
        this.nextBytes = Math.min(SMALLEST_BYTES, chunkBytes);
    }

    /**
     * Seals the chunk that was taken before and gives another one, as soon as there is room for it.
     * Producer.
     *
     * @param bytes the size of the message that it is for
     * @return a chunk with room for that message, or null if the pool was closed
     */
    @Nullable
    MessageChunk take(int bytes) {
        lock.lock();
        try {
            sealFilling();
            boolean alone = bytes > chunkBytes;
            int messages = alone ? 1 : chunkMessages;
            awaitRoom(messages, alone ? bytes : chunkBytes);
            if (closed) {
                return null;
            }
            filling = alone ? new MessageChunk(1, bytes, this::giveBack) : reuseOrCreate(bytes);
            heldBytes += filling.maxBytes();
            dropFreeBeyondBound();
            return filling;
        } finally {
            lock.unlock();
        }
    }

    private void sealFilling() {
        if (filling != null) {
            filling.seal();
            heldMessages += filling.published();
            filling = null;
        }
    }

    private void awaitRoom(int messages, int bytes) {
        if (closed || hasRoom(messages, bytes)) {
            return;
        }
        // The consumer may have taken all of the sealed chunk before it was sealed.
        wakeUp.fire();
        blocked = true;
        while (!closed && !hasRoom(messages, bytes)) {
            room.awaitUninterruptibly();
        }
        blocked = false;
    }

    private boolean hasRoom(int messages, int bytes) {
        return heldBytes == 0
                || (heldMessages + messages <= maxMessages && heldBytes + bytes <= maxBytes);
    }

    private MessageChunk reuseOrCreate(int bytes) {
        for (Iterator<MessageChunk> chunks = free.iterator(); chunks.hasNext(); ) {
            MessageChunk chunk = chunks.next();
            if (chunk.maxBytes() >= bytes) {
                chunks.remove();
                freeBytes -= chunk.maxBytes();
                leastFree = Math.min(leastFree, free.size());
                return chunk;
            }
        }
        leastFree = 0;
        while (nextBytes < bytes) {
            nextBytes = Math.min(2 * nextBytes, chunkBytes);
        }
        MessageChunk chunk = new MessageChunk(nextMessages, nextBytes, this::giveBack);
        nextMessages = Math.min(2 * nextMessages, chunkMessages);
        nextBytes = Math.min(2 * nextBytes, chunkBytes);
        return chunk;
    }

    private void dropFreeBeyondBound() {
        while (!free.isEmpty() && heldBytes + freeBytes > maxBytes) {
            dropLeastUsed();
        }
        leastFree = Math.min(leastFree, free.size());
    }

    private void dropLeastUsed() {
        freeBytes -= free.removeLast().maxBytes();
    }

    private void giveBack(MessageChunk chunk) {
        lock.lock();
        try {
            heldBytes -= chunk.maxBytes();
            heldMessages -= chunk.published();
            if (!closed && chunk.maxBytes() <= chunkBytes) {
                chunk.reset();
                free.addFirst(chunk);
                freeBytes += chunk.maxBytes();
            }
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the chunks that were not needed since this was called last. Consumer. */
    void dropUnneeded() {
        lock.lock();
        try {
            for (int i = Math.min(leastFree, free.size()); i > 0; i--) {
                dropLeastUsed();
            }
            leastFree = free.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the producer waits for room. Any thread. */
    boolean isBlocked() {
        return blocked;
    }

    /** The size of all chunks, used and free. Any thread. */
    long bytes() {
        lock.lock();
        try {
            return heldBytes + freeBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a waiting producer go with nothing. Idempotent; any thread. */
    void close() {
        lock.lock();
        try {
            closed = true;
            free.clear();
            freeBytes = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
