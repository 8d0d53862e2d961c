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

package io.activedataflow.flink.connector.e2e.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes the time between the first and the last record of a run, and checks that there were exactly
 * as many as there should be. The thread that gets the records calls {@link #count}, the one that
 * started the run everything else.
 */
final class Meter {

    private final long expected;
    private final String lastMark;
    private final CpuClock cpu = new CpuClock();
    private final CountDownLatch done = new CountDownLatch(1);

    private long startWall;
    private long startClient;
    private long startProcess;
    private long wall;
    private long client;
    private long process;

    private volatile long counted;
    private volatile String lastRecord = "";

    /**
     * @param expected how many records there must be
     * @param lastMark what only the last record contains
     */
    Meter(long expected, String lastMark) {
        this.expected = expected;
        this.lastMark = lastMark;
    }

    long expected() {
        return expected;
    }

    /** To be called for the first record, the last one, and any more than that. */
    void count(long records, Object record) {
        if (records == 1) {
            startClient = cpu.javaThreadsNanos();
            startProcess = cpu.processNanos();
            startWall = System.nanoTime();
        }
        if (records >= expected()) {
            if (records == expected()) {
                wall = System.nanoTime() - startWall;
                client = cpu.javaThreadsNanos() - startClient;
                process = cpu.processNanos() - startProcess;
                lastRecord = text(record);
            }
            counted = records;
            done.countDown();
        }
    }

    boolean awaitLast(long timeout, TimeUnit unit) throws InterruptedException {
        return done.await(timeout, unit);
    }

    /** Only after nothing can be counted any more. */
    Measurement result(long serverNanos) {
        if (counted != expected) {
            throw new IllegalStateException(
                    "Miscounted: " + counted + " records of " + expected + " entries.");
        }
        if (!lastRecord.contains(lastMark)) {
            throw new IllegalStateException(
                    "Miscounted: record "
                            + expected
                            + " is '"
                            + lastRecord
                            + "', not that of the last entry, which has "
                            + lastMark
                            + '.');
        }
        return new Measurement(expected, wall, client, process, serverNanos);
    }

    private static String text(Object record) {
        return record instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : record.toString();
    }
}
