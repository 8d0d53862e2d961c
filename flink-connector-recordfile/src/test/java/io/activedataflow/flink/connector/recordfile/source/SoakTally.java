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

package io.activedataflow.flink.connector.recordfile.source;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLongArray;

/** What a soak job has read so far, and how much memory it holds. Used by task threads. */
final class SoakTally {

    private final long expected;
    private final AtomicLongArray counts;
    private final AtomicLongArray sums;
    private final long heapBefore = heapInUse();
    private long heapAtQuarter;
    private long heapAtEnd;
    private long restored;
    private boolean crashed;
    private long lastStateBytes;
    private long largestStateBytes;
    private int states;

    SoakTally(long expected, int parallelism) {
        this.expected = expected;
        counts = new AtomicLongArray(parallelism);
        sums = new AtomicLongArray(parallelism);
    }

    void publish(int subtask, long count, long sum) {
        sums.set(subtask, sum);
        counts.set(subtask, count);
        long total = total(counts);
        if (total >= expected / 4 && total < expected / 2 || total == expected) {
            measure(total);
        }
    }

    /** Once each, so that the job is not held up. */
    private synchronized void measure(long total) {
        if (total == expected) {
            heapAtEnd = heapInUse();
        } else if (heapAtQuarter == 0) {
            heapAtQuarter = heapInUse();
        }
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    synchronized void stateWritten(long bytes) {
        states++;
        lastStateBytes = bytes;
        largestStateBytes = Math.max(largestStateBytes, bytes);
    }

    /** Whether the job is half through and has not crashed yet. */
    synchronized boolean isCrashDue(long count) {
        return !crashed && count * counts.length() > expected / 2;
    }

    /** Returns whether nobody else has done so. */
    synchronized boolean crash() {
        boolean first = !crashed;
        crashed = true;
        return first;
    }

    synchronized void restored(long count) {
        restored += count;
    }

    synchronized boolean hasCrashed() {
        return crashed;
    }

    /** How many records were counted already when the job was restored. */
    synchronized long restored() {
        return restored;
    }

    synchronized int states() {
        return states;
    }

    synchronized long lastStateBytes() {
        return lastStateBytes;
    }

    synchronized long largestStateBytes() {
        return largestStateBytes;
    }

    synchronized long heapBefore() {
        return heapBefore;
    }

    synchronized long heapAtQuarter() {
        return heapAtQuarter;
    }

    synchronized long heapAtEnd() {
        return heapAtEnd;
    }

    long count() {
        return total(counts);
    }

    long count(int subtask) {
        return counts.get(subtask);
    }

    long sum() {
        return total(sums);
    }

    private static long total(AtomicLongArray values) {
        long total = 0;
        for (int i = 0; i < values.length(); i++) {
            total += values.get(i);
        }
        return total;
    }

    @Override
    public synchronized String toString() {
        return "records "
                + total(counts)
                + " of "
                + expected
                + ", heap before/at a quarter/at the end "
                + heapBefore / 1024
                + "/"
                + heapAtQuarter / 1024
                + "/"
                + heapAtEnd / 1024
                + " KiB, enumerator state largest/last "
                + largestStateBytes
                + "/"
                + lastStateBytes
                + " bytes of "
                + states
                + ", restored with "
                + restored
                + " records";
    }
}
