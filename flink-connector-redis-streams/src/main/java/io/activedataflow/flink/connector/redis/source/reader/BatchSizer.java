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

import org.apache.flink.annotation.Internal;

/**
 * Chooses how many entries to ask for, so that replies stay near a target size whatever the size of
 * the entries. Fetcher thread only.
 */
@Internal
final class BatchSizer {

    /** Assumed before anything was read, so that a stream of large values starts carefully. */
    private static final double FIRST_GUESS_BYTES = 32 * 1024;

    private static final double SMOOTHING = 0.2;

    private final int maxEntries;
    private final long targetBytes;
    private double meanBytes = FIRST_GUESS_BYTES;
    private boolean measured;

    BatchSizer(int maxEntries, long targetBytes) {
        this.maxEntries = maxEntries;
        this.targetBytes = targetBytes;
    }

    /** The {@code COUNT} for each of so many streams that are likely to fill it. */
    int countPerStream(int busyStreams) {
        double perStream = targetBytes / (meanBytes * Math.max(1, busyStreams));
        return (int) Math.max(1, Math.min(maxEntries, perStream));
    }

    /**
     * How many streams one read may ask for, so that even one entry of each stays near the target.
     */
    int maxStreams() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, targetBytes / meanBytes));
    }

    /** Learns from what was read; growing entries count at once, shrinking ones by and by. */
    void onReply(long bytes, int entries) {
        if (entries == 0) {
            return;
        }
        double mean = Math.max(1.0, (double) bytes / entries);
        meanBytes =
                !measured || mean > meanBytes ? mean : meanBytes + SMOOTHING * (mean - meanBytes);
        measured = true;
    }
}
