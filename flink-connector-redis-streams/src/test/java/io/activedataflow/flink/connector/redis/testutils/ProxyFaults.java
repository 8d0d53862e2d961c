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

package io.activedataflow.flink.connector.redis.testutils;

/** What a {@link TcpProxy} is to do wrong, as its forwarding threads see it. Thread-safe. */
final class ProxyFaults {

    private static final long NEVER = Long.MAX_VALUE;

    private boolean requestsStalled;
    private boolean repliesStalled;
    private long bytesPerSecond;
    private long replyBytesUntilCut = NEVER;
    private long requestBytes;
    private long replyBytes;

    synchronized void stall(boolean requests, boolean replies) {
        requestsStalled = requests;
        repliesStalled = replies;
        notifyAll();
    }

    synchronized void throttle(long limit) {
        bytesPerSecond = limit;
        notifyAll();
    }

    synchronized void cutAfterReplyBytes(long bytes) {
        replyBytesUntilCut = bytes;
    }

    synchronized long requestBytes() {
        return requestBytes;
    }

    synchronized long replyBytes() {
        return replyBytes;
    }

    /**
     * Waits until bytes of this direction may go on, and counts them.
     *
     * @return how many of them may: fewer than asked for, perhaps none, means that the connection
     *     is to be cut after them
     */
    synchronized int pass(Direction direction, int bytes, ProxyConnection connection)
            throws InterruptedException {
        while (isStalled(direction) && !connection.isCut()) {
            wait();
        }
        delay(bytes, connection);
        int passed = bytes;
        if (direction == Direction.REPLY && replyBytesUntilCut != NEVER) {
            passed = (int) Math.min(bytes, replyBytesUntilCut);
            replyBytesUntilCut = passed < bytes ? NEVER : replyBytesUntilCut - passed;
        }
        if (direction == Direction.REPLY) {
            replyBytes += passed;
        } else {
            requestBytes += passed;
        }
        return passed;
    }

    /** Wakes threads that wait for a connection which was cut. */
    synchronized void connectionCut() {
        notifyAll();
    }

    private void delay(int bytes, ProxyConnection connection) throws InterruptedException {
        long start = System.nanoTime();
        while (bytesPerSecond > 0 && !connection.isCut()) {
            long due = start + bytes * 1_000_000_000L / bytesPerSecond;
            long left = (due - System.nanoTime()) / 1_000_000L;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    private boolean isStalled(Direction direction) {
        return direction == Direction.REQUEST ? requestsStalled : repliesStalled;
    }

    /** The way bytes go. */
    enum Direction {
        REQUEST,
        REPLY
    }
}
