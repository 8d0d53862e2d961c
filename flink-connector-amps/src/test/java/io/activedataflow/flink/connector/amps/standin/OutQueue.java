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

package io.activedataflow.flink.connector.amps.standin;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What waits to be written to one connection, in order: frames, and steps that take effect when
 * everything before them has been written. Bounded, because a slow client must not fill the memory
 * and must not hold up anybody. Thread-safe.
 */
final class OutQueue {

    private static final long MAX_BYTES = 64L << 20;

    private final Deque<Item> items = new ArrayDeque<>();
    private long bytes;
    private boolean signalled;

    /**
     * One step.
     *
     * @param frame null if there is nothing to write
     * @param message whether the frame is a message and not an answer
     * @param notBefore {@link System#nanoTime} before which it must not be written
     * @param then done by the writer afterwards; may be null
     */
    record Item(byte[] frame, boolean message, long notBefore, Runnable then) {

        private int size() {
            return frame == null ? 0 : frame.length;
        }
    }

    /** Adds a step; false if the client is too slow for its queue. */
    synchronized boolean offer(Item item) {
        if (bytes + item.size() > MAX_BYTES) {
            return false;
        }
        bytes += item.size();
        items.add(item);
        signal();
        return true;
    }

    /**
     * Takes the next step.
     *
     * @param messages whether messages may be taken
     * @return null if there is none now
     */
    synchronized Item poll(long now, boolean messages) {
        Item item = items.peek();
        if (item == null || item.notBefore() - now > 0 || (item.message() && !messages)) {
            return null;
        }
        bytes -= item.size();
        return items.poll();
    }

    /** When the next step may be taken, as {@link System#nanoTime}. */
    synchronized long nextAt(long otherwise) {
        Item item = items.peek();
        return item != null && item.notBefore() - otherwise < 0 ? item.notBefore() : otherwise;
    }

    /** Wakes the writer. */
    synchronized void signal() {
        signalled = true;
        notifyAll();
    }

    /** Waits for a signal since the last call, at most until a time. */
    synchronized void await(long deadline) throws InterruptedException {
        while (!signalled) {
            long millis = (deadline - System.nanoTime()) / 1_000_000 + 1;
            if (deadline - System.nanoTime() <= 0) {
                return;
            }
            wait(millis);
        }
        signalled = false;
    }
}
