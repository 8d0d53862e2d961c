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

import java.util.Arrays;

/**
 * A run of log entries in columns, with the bodies packed into one array. One thread at a time
 * appends, under the lock of the log; any number of threads read what {@link #count()} covers.
 */
final class LogSegment {

    private static final int CAPACITY = 4096;
    private static final int FULL_BYTES = 16 << 20;

    private final long firstPosition;
    private final long[] publishers = new long[CAPACITY];
    private final long[] sequences = new long[CAPACITY];
    private final long[] timestamps = new long[CAPACITY];
    private final String[] topics = new String[CAPACITY];
    private final int[] ends = new int[CAPACITY];
    private String[] correlations;
    private String[] users;
    private String[] sowKeys;

    // Volatile, because a reader may get a longer copy while it looks for an old message.
    private volatile byte[] bodies = new byte[1 << 16];

    // Written last and read first: it publishes everything written before it.
    private volatile int count;
    private volatile LogSegment next;

    LogSegment(long firstPosition) {
        this.firstPosition = firstPosition;
    }

    boolean isFull() {
        return count == CAPACITY || (count > 0 && ends[count - 1] > FULL_BYTES);
    }

    void append(
            long publisher,
            long sequence,
            String topic,
            long timestamp,
            Body body,
            String correlation,
            String user,
            String sowKey) {
        int index = count;
        int start = start(index);
        int end = start + body.length();
        if (end > bodies.length) {
            bodies = Arrays.copyOf(bodies, Math.max(end, bodies.length * 2));
        }
        System.arraycopy(body.array(), body.offset(), bodies, start, body.length());
        publishers[index] = publisher;
        sequences[index] = sequence;
        timestamps[index] = timestamp;
        topics[index] = topic;
        ends[index] = end;
        if (correlation != null) {
            correlations = correlations == null ? new String[CAPACITY] : correlations;
            correlations[index] = correlation;
        }
        if (user != null) {
            users = users == null ? new String[CAPACITY] : users;
            users[index] = user;
        }
        if (sowKey != null) {
            sowKeys = sowKeys == null ? new String[CAPACITY] : sowKeys;
            sowKeys[index] = sowKey;
        }
        count = index + 1;
    }

    /** Ends this segment. */
    void seal(LogSegment successor) {
        bodies = Arrays.copyOf(bodies, start(count));
        next = successor;
    }

    long firstPosition() {
        return firstPosition;
    }

    int count() {
        return count;
    }

    LogSegment next() {
        return next;
    }

    long publisher(int index) {
        return publishers[index];
    }

    long sequence(int index) {
        return sequences[index];
    }

    long timestamp(int index) {
        return timestamps[index];
    }

    String topic(int index) {
        return topics[index];
    }

    String correlation(int index) {
        return correlations == null ? null : correlations[index];
    }

    String user(int index) {
        return users == null ? null : users[index];
    }

    String sowKey(int index) {
        return sowKeys == null ? null : sowKeys[index];
    }

    Body body(int index) {
        int start = start(index);
        return new Body(bodies, start, ends[index] - start);
    }

    LogEntry entry(int index) {
        return new LogEntry(
                firstPosition + index,
                publishers[index],
                sequences[index],
                topics[index],
                timestamps[index],
                body(index).copy(),
                correlation(index),
                user(index),
                sowKey(index));
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
