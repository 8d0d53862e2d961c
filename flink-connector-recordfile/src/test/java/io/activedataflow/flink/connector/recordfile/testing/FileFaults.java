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

package io.activedataflow.flink.connector.recordfile.testing;

import org.apache.flink.core.fs.Path;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What goes wrong when files are read through {@link #path}, and how often the file system was
 * asked. Nothing goes wrong by default. Each test makes its own. Thread-safe; faults can be changed
 * while files are being read.
 */
public final class FileFaults implements AutoCloseable {

    static final String SCHEME = "faulty";

    private static final Map<String, FileFaults> ALL = new ConcurrentHashMap<>();

    private final String id = "f" + UUID.randomUUID().toString().replace("-", "");
    private final Map<String, Supplier<IOException>> refusals = new ConcurrentHashMap<>();
    private final Map<String, Long> modificationTimes = new ConcurrentHashMap<>();
    private final AtomicInteger failingListings = new AtomicInteger();
    private final AtomicInteger failingLooks = new AtomicInteger();
    private final AtomicInteger failingOpens = new AtomicInteger();
    private final AtomicInteger failingReads = new AtomicInteger();
    private final AtomicInteger opens = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger listings = new AtomicInteger();
    private final AtomicInteger seeks = new AtomicInteger();
    private final AtomicLong bytesRead = new AtomicLong();
    private final Set<FaultyInputStream> openStreams = ConcurrentHashMap.newKeySet();
    private final Barrier barrier = new Barrier();
    private volatile Supplier<IOException> transientFailure =
            () -> new IOException("Connection reset on purpose");
    private volatile int longestRead = Integer.MAX_VALUE;
    private volatile boolean nothingAvailable;
    private volatile long bytesBetweenFailures = Long.MAX_VALUE;

    private FileFaults() {}

    public static FileFaults create() {
        FileFaults faults = new FileFaults();
        ALL.put(faults.id, faults);
        return faults;
    }

    static FileFaults of(String id) {
        FileFaults faults = ALL.get(id);
        if (faults == null) {
            throw new IllegalArgumentException("There are no faults with the id " + id);
        }
        return faults;
    }

    /** The local file, or directory, with these faults. */
    public Path path(java.nio.file.Path local) {
        return new Path(SCHEME + "://" + id + local.toAbsolutePath());
    }

    /** Reads return from 1 to so many bytes. */
    public FileFaults shortReads(int longest) {
        longestRead = longest;
        return this;
    }

    /** {@code available()} is 0 always, as in many object stores. */
    public FileFaults nothingAvailable() {
        nothingAvailable = true;
        return this;
    }

    /** What transient failures look like. */
    public FileFaults transientFailure(Supplier<IOException> failure) {
        transientFailure = failure;
        return this;
    }

    /** Each stream fails after so many bytes, so many times in all. */
    public FileFaults failEvery(long bytes, int times) {
        bytesBetweenFailures = bytes;
        failingReads.set(times);
        return this;
    }

    public FileFaults failOpens(int times) {
        failingOpens.set(times);
        return this;
    }

    public FileFaults failListings(int times) {
        failingListings.set(times);
        return this;
    }

    /** Fails when the status of a single file is asked for. */
    public FileFaults failLooks(int times) {
        failingLooks.set(times);
        return this;
    }

    /** Listed as before, and not there when it is looked at or opened. */
    public FileFaults vanish(java.nio.file.Path local) {
        return refuse(local, () -> new FileNotFoundException(local + " has vanished on purpose"));
    }

    /** Fails, for ever, when the file is looked at or opened. */
    public FileFaults refuse(java.nio.file.Path local, Supplier<IOException> failure) {
        refusals.put(local.toAbsolutePath().toString(), failure);
        return this;
    }

    /** Ends {@link #refuse} and {@link #vanish}. */
    public FileFaults accept(java.nio.file.Path local) {
        refusals.remove(local.toAbsolutePath().toString());
        return this;
    }

    public FileFaults modificationTime(java.nio.file.Path local, long millis) {
        modificationTimes.put(local.toAbsolutePath().toString(), millis);
        return this;
    }

    /**
     * Reads, in any file, that begin at this offset or behind it block until {@link #releaseReads},
     * or until their stream is closed.
     */
    public FileFaults blockReadsFrom(long offset) {
        barrier.blockFrom(offset);
        return this;
    }

    /** Returns when a read is blocked. */
    public void awaitBlockedRead() throws InterruptedException {
        barrier.awaitBlocked();
    }

    public void releaseReads() {
        barrier.release();
    }

    public int opens() {
        return opens.get();
    }

    /** How often the status of a single file was asked for. */
    public int looks() {
        return looks.get();
    }

    public int listings() {
        return listings.get();
    }

    public int seeks() {
        return seeks.get();
    }

    public long bytesRead() {
        return bytesRead.get();
    }

    /** How many streams are open now. */
    public int openStreams() {
        return openStreams.size();
    }

    /** How many of the read failures asked for are still to come. */
    public int readFailuresLeft() {
        return failingReads.get();
    }

    @Override
    public void close() {
        releaseReads();
        ALL.remove(id);
    }

    void onListing() throws IOException {
        listings.incrementAndGet();
        failIfLeft(failingListings);
    }

    void onLook(String local) throws IOException {
        looks.incrementAndGet();
        refuseIfWanted(local);
        failIfLeft(failingLooks);
    }

    void onOpen(String local) throws IOException {
        opens.incrementAndGet();
        refuseIfWanted(local);
        failIfLeft(failingOpens);
    }

    void onSeek() {
        seeks.incrementAndGet();
    }

    void onRead(int bytes) {
        bytesRead.addAndGet(bytes);
    }

    void opened(FaultyInputStream stream) {
        openStreams.add(stream);
    }

    void closed(FaultyInputStream stream) {
        openStreams.remove(stream);
        barrier.streamClosed();
    }

    void failReadIfWanted(long bytesOfStream) throws IOException {
        if (bytesOfStream >= bytesBetweenFailures) {
            failIfLeft(failingReads);
        }
    }

    /** How many bytes may be read before the next failure. */
    long allowedBytes(long bytesOfStream) {
        return failingReads.get() > 0
                ? Math.max(1, bytesBetweenFailures - bytesOfStream)
                : Long.MAX_VALUE;
    }

    Barrier barrier() {
        return barrier;
    }

    int longestRead() {
        return longestRead;
    }

    boolean isNothingAvailable() {
        return nothingAvailable;
    }

    long modificationTime(String local, long actual) {
        return modificationTimes.getOrDefault(local, actual);
    }

    private void refuseIfWanted(String local) throws IOException {
        Supplier<IOException> refusal = refusals.get(local);
        if (refusal != null) {
            throw refusal.get();
        }
    }

    private void failIfLeft(AtomicInteger left) throws IOException {
        if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw transientFailure.get();
        }
    }
}
