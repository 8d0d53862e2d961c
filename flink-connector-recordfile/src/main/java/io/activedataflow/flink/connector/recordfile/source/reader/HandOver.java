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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the fetcher thread gives splits to the worker thread and takes batches from it. Bounded: the
 * worker reads on only when there is room.
 *
 * <p>Batches of a paused split stay here, without taking room from others, until the split is
 * resumed; unless {@code deliverPaused}, for formats that wait for their batches to come back before
 * they read on.
 */
@Internal
final class HandOver<E> {

    private final int capacity;
    private final boolean deliverPaused;
    private final FetchedBatch.Listener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forFetcher = lock.newCondition();
    private final Condition forWorker = lock.newCondition();

    private final AssignedSplits splits = new AssignedSplits();
    private final Queue<FetchedBatch<E>> batches = new ArrayDeque<>();
    private @Nullable FetchedBatch<E> last;
    private @Nullable Throwable failure;
    private @Nullable RecordFileSplit inProgress;
    private boolean wokenUp;
    private boolean closed;

    /**
     * @param capacity how many batches may lie here, besides those of paused splits
     * @param listener told by the task thread of each batch
     */
    HandOver(int capacity, boolean deliverPaused, FetchedBatch.Listener listener) {
        this.capacity = capacity;
        this.deliverPaused = deliverPaused;
        this.listener = listener;
    }

    // ------------------------------------------------------------------------ fetcher thread

    void add(Collection<RecordFileSplit> added) {
        lock.lock();
        try {
            added.forEach(splits::add);
            forWorker.signal();
        } finally {
            lock.unlock();
        }
    }

    void setPaused(Collection<RecordFileSplit> toPause, Collection<RecordFileSplit> toResume) {
        lock.lock();
        try {
            toPause.forEach(split -> splits.setPaused(split.splitId(), true));
            toResume.forEach(split -> splits.setPaused(split.splitId(), false));
            forWorker.signal();
            forFetcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next batch, an error, or to be woken up.
     *
     * @return a batch, which is empty after a wake-up
     * @throws IOException what made the worker stop, after all that it had read before
     */
    RecordsWithSplitIds<E> take() throws IOException {
        lock.lock();
        try {
            while (true) {
                FetchedBatch<E> batch = removeDeliverable();
                if (batch != null) {
                    forWorker.signal();
                    return batch;
                }
                if (wokenUp || closed) {
                    wokenUp = false;
                    return FetchedBatch.empty();
                }
                throwFailure();
                forFetcher.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FetchedBatch.empty();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable FetchedBatch<E> removeDeliverable() {
        for (Iterator<FetchedBatch<E>> each = batches.iterator(); each.hasNext(); ) {
            FetchedBatch<E> batch = each.next();
            if (!isParked(batch)) {
                each.remove();
                if (batch == last) {
                    last = null;
                }
                if (batch.isLast()) {
                    splits.remove(batch.splitId());
                }
                return batch;
            }
        }
        return null;
    }

    private boolean isParked(FetchedBatch<E> batch) {
        return !deliverPaused && splits.isPaused(batch.splitId());
    }

    private void throwFailure() throws IOException {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure != null) {
            throw (IOException) failure;
        }
    }

    // ------------------------------------------------------------------------ worker thread

    /**
     * Waits until there is something to read and room for it.
     *
     * @return the split to read on, or null if the reader has been closed
     */
    @Nullable
    RecordFileSplit awaitWork() throws InterruptedException {
        lock.lock();
        try {
            inProgress = null;
            while (!closed) {
                RecordFileSplit split = hasRoom() ? splits.toRead() : null;
                if (split != null) {
                    inProgress = split;
                    return split;
                }
                forWorker.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        int taken = 0;
        for (FetchedBatch<E> batch : batches) {
            taken += isParked(batch) ? 0 : 1;
        }
        return taken < capacity;
    }

    /**
     * Hands over a batch.
     *
     * @param opened the split as it was opened, if this is the first batch since then; else null
     */
    void put(
            String splitId,
            SplitBatch<E> batch,
            long bytes,
            @Nullable RecordFileSplit opened) {
        lock.lock();
        try {
            if (closed) {
                batch.release();
                return;
            }
            last = new FetchedBatch<>(splitId, batch, bytes, opened, listener);
            batches.add(last);
            forFetcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says that all of a split has been handed over. */
    void finish(String splitId) {
        lock.lock();
        try {
            if (last == null || !last.splitId().equals(splitId)) {
                batches.add(FetchedBatch.end(splitId));
            } else {
                last.setLast();
            }
            last = null;
            splits.endRead(splitId);
            forFetcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing more will be read. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            forFetcher.signal();
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------------ any thread

    void wakeUp() {
        lock.lock();
        try {
            wokenUp = true;
            forFetcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends all waiting.
     *
     * @return the split that the worker is reading, or null if it is doing nothing
     */
    @Nullable
    RecordFileSplit close() {
        lock.lock();
        try {
            closed = true;
            forWorker.signalAll();
            forFetcher.signalAll();
            batches.forEach(FetchedBatch::recycle);
            batches.clear();
            return inProgress;
        } finally {
            lock.unlock();
        }
    }
}
