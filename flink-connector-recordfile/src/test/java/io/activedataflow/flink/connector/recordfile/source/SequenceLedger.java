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

import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@link SequenceCheck} has found, for the test to look at while the job runs. Written by task
 * threads, read by the test's.
 */
final class SequenceLedger {

    static final Duration PATIENCE = Duration.ofSeconds(120);

    /**
     * An entry whose number is not the one after the last.
     *
     * @param stream the key
     * @param expected the number that should have come, by Flink's state
     * @param found the number that came
     */
    record Break(String stream, long expected, long found) {}

    private final Map<String, Long> next = new ConcurrentHashMap<>();
    private final Set<Break> breaks = ConcurrentHashMap.newKeySet();
    private final AtomicLong checkpoints = new AtomicLong();
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong watermark = new AtomicLong(Long.MIN_VALUE);
    private volatile JobClient job;

    /** Waiting for records ends when this job, the latest, has failed. */
    void watch(JobClient latestJob) {
        job = latestJob;
    }

    void reached(String stream, long nextNumber) {
        next.put(stream, nextNumber);
    }

    void broken(String stream, long expected, long found) {
        breaks.add(new Break(stream, expected, found));
    }

    void checkpointCompleted() {
        checkpoints.incrementAndGet();
    }

    void attemptStarted() {
        attempts.incrementAndGet();
    }

    /**
     * The number that has to come next in this stream, so how many have come; replays count once.
     */
    long countOf(String stream) {
        return next.getOrDefault(stream, 0L);
    }

    /** Losses, repetitions and changes of order. */
    Set<Break> breaks() {
        return Set.copyOf(breaks);
    }

    void watermarkReached(long newWatermark) {
        watermark.accumulateAndGet(newWatermark, Math::max);
    }

    /** The highest watermark that a record has found, milliseconds. */
    long watermark() {
        return watermark.get();
    }

    /** How many checkpoints have completed. */
    long checkpoints() {
        return checkpoints.get();
    }

    /** How many starts of the checking operator there were, over all its subtasks. */
    long attempts() {
        return attempts.get();
    }

    /** Waits until so many numbers of the stream have come. */
    void awaitCount(String stream, long count) {
        Await.until(
                count + " entries of " + stream,
                PATIENCE,
                () -> countOf(stream) >= count || hasFailed(),
                this::toString);
    }

    /** Waits until so many numbers of each stream have come. */
    void awaitAll(Map<String, Long> counts) {
        counts.forEach(this::awaitCount);
    }

    /** Waits until so many more numbers of each of these streams have come. */
    void awaitMore(Collection<String> streams, long further) {
        Map<String, Long> enough = new HashMap<>();
        streams.forEach(stream -> enough.put(stream, countOf(stream) + further));
        enough.forEach(this::awaitCount);
    }

    /** Waits until further checkpoints have completed, which all began after the call. */
    void awaitCheckpoints(int further) {
        long before = checkpoints.get();
        Await.until(
                further + " checkpoints",
                PATIENCE,
                () -> checkpoints.get() > before + further || hasFailed(),
                this::toString);
    }

    private boolean hasFailed() throws Exception {
        if (job.getJobStatus().get() != JobStatus.FAILED) {
            return false;
        }
        try {
            job.getJobExecutionResult().get();
        } catch (ExecutionException e) {
            throw new AssertionError("The job has failed. " + this, e);
        }
        throw new AssertionError("The job has failed without a reason. " + this);
    }

    @Override
    public String toString() {
        return "Next numbers " + next + ", breaks " + breaks + ", checkpoints " + checkpoints;
    }
}
