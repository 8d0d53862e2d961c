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

package io.activedataflow.flink.connector.recordfile.client;

import io.activedataflow.flink.connector.recordfile.MaskedText;
import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException.Change;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads a file, and opens it again at the same place when its stream fails. Each time it makes sure
 * that it is still the same file.
 */
@Internal
final class ResumingFileInput implements FileInput {

    private static final Logger LOG = LoggerFactory.getLogger(ResumingFileInput.class);

    private final Path path;
    private final Duration deadline;
    private final boolean comparesTimes;
    private final ReadControl control;
    private final RetryIncident incident;
    private final Runnable abort = this::abort;
    private final CountDownLatch aborted = new CountDownLatch(1);
    // Whoever takes it out closes it: the reading thread, or the one that aborts.
    private final AtomicReference<FSDataInputStream> stream = new AtomicReference<>();
    private RecordFileIdentity identity;
    private byte[] head = new byte[0];
    private boolean grown;
    private boolean closed;
    private long position;
    private long streamPosition;

    ResumingFileInput(
            Path path,
            RecordFileIdentity expected,
            FileRetrySettings retries,
            boolean comparesTimes,
            ReadControl control) {
        this.path = Objects.requireNonNull(path, "path");
        this.identity = Objects.requireNonNull(expected, "expected");
        this.deadline = retries.deadline();
        this.incident = new RetryIncident(retries.backoff(), retries.deadline());
        this.comparesTimes = comparesTimes;
        this.control = control;
        control.add(abort);
    }

    void open() throws IOException {
        untilItWorks(this::openStream);
        recovered();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public RecordFileIdentity identity() {
        return identity;
    }

    @Override
    public boolean hasGrown() {
        return grown;
    }

    @Override
    public byte[] head() {
        return head.clone();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() {
        return identity.size();
    }

    @Override
    public void seek(long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException(
                    "There is no byte " + offset + " in the file " + path + '.');
        }
        position = offset;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        checkUsable();
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, size() - position);
        if (wanted <= 0) {
            return -1;
        }
        int count;
        if (position < head.length) {
            count = (int) Math.min(wanted, head.length - position);
            System.arraycopy(head, (int) position, buffer, offset, count);
        } else {
            count = untilItWorks(() -> readStream(buffer, offset, wanted));
            streamPosition += count;
            recovered();
        }
        position += count;
        return count;
    }

    @Override
    public void verifyUnchanged() throws IOException {
        checkUsable();
        RecordFileIdentity now = untilItWorks(() -> VerifiedStream.look(path));
        // Where there is more, too, it must begin as before.
        if (now.size() > size() || now.size() == size() && now.hasOtherModificationTime(identity)) {
            closeStream();
            untilItWorks(this::openStream);
        }
        recovered();
        if (now.size() != size()) {
            Change change = now.size() < size() ? Change.TRUNCATED : Change.GROWN;
            throw new FileChangedException(path, change, identity, now);
        }
    }

    @Override
    public void abort() {
        aborted.countDown();
        closeStream();
    }

    @Override
    public void close() {
        closed = true;
        control.remove(abort);
        closeStream();
    }

    private int readStream(byte[] buffer, int offset, int length) throws IOException {
        FSDataInputStream current = stream.get();
        if (current == null) {
            current = openStream();
        }
        if (streamPosition != position) {
            current.seek(position);
            streamPosition = position;
        }
        int count = current.read(buffer, offset, length);
        if (count <= 0) {
            throw new EOFException(
                    "The stream ends at byte " + position + ", although there are " + size());
        }
        return count;
    }

    private FSDataInputStream openStream() throws IOException {
        VerifiedStream opened = VerifiedStream.open(path, identity, comparesTimes, this::own);
        identity = opened.identity();
        head = opened.head();
        grown |= opened.grown();
        streamPosition = head.length;
        return opened.stream();
    }

    private void own(FSDataInputStream opened) throws IOException {
        stream.set(opened);
        if (isAborted()) {
            // Whoever aborts may have come before there was anything to close.
            closeStream();
            throw new ReadAbortedException(path, position);
        }
    }

    private interface Attempt<T> {
        T make() throws IOException;
    }

    private <T> T untilItWorks(Attempt<T> attempt) throws IOException {
        while (true) {
            try {
                return attempt.make();
            } catch (IOException | RuntimeException e) {
                closeStream();
                recoverFrom(e);
            }
        }
    }

    /** Waits before the next attempt, if there may be one. */
    private void recoverFrom(Exception failure) throws IOException {
        checkUsable();
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(failure);
        }
        if (failure instanceof FileChangedException || failure instanceof UnreadableFileException) {
            throw (IOException) failure;
        }
        if (FileErrors.isNotFound(failure)) {
            FileChangedException deleted =
                    new FileChangedException(path, Change.DELETED, identity, null);
            deleted.initCause(failure);
            throw deleted;
        }
        if (!FileErrors.isTransient(failure)) {
            throw FileErrors.permanent(path, position, failure);
        }
        long now = System.nanoTime();
        boolean isFirst = !incident.isOpen();
        long delayNanos = incident.failed(now);
        long leftNanos = deadline.toNanos() - incident.duration(now).toNanos();
        if (leftNanos <= 0) {
            throw FileErrors.gaveUp(path, position, incident.attempts(), deadline, failure);
        }
        if (isFirst) {
            LOG.warn(
                    "Cannot read {} at byte {}; trying again for {} ms: {}",
                    MaskedText.of(path.toString()),
                    position,
                    deadline.toMillis(),
                    MaskedText.of(failure.toString()));
        }
        control.retrying(path, asIOException(failure));
        awaitNextAttempt(Math.min(delayNanos, leftNanos));
    }

    private void awaitNextAttempt(long nanos) throws IOException {
        try {
            if (aborted.await(nanos, TimeUnit.NANOSECONDS)) {
                throw new ReadAbortedException(path, position);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private void recovered() {
        if (incident.isOpen()) {
            LOG.info(
                    "Reading {} again, at byte {}, after {} failed attempts.",
                    MaskedText.of(path.toString()),
                    position,
                    incident.attempts());
            incident.succeeded();
        }
    }

    private void checkUsable() throws IOException {
        if (isAborted()) {
            throw new ReadAbortedException(path, position);
        }
        if (closed) {
            throw new IOException("The file " + path + " is closed already.");
        }
    }

    private boolean isAborted() {
        return aborted.getCount() == 0;
    }

    private void closeStream() {
        closeQuietly(stream.getAndSet(null));
    }

    private void closeQuietly(@Nullable FSDataInputStream open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException | RuntimeException e) {
                // Nothing can be lost by it.
                LOG.debug("A stream of {} could not be closed.", path, e);
            }
        }
    }

    private IOException interrupted(Exception cause) {
        InterruptedIOException exception =
                new InterruptedIOException(
                        "Reading the file " + path + " was interrupted at byte " + position + '.');
        exception.initCause(cause);
        return exception;
    }

    private static IOException asIOException(Exception failure) {
        return failure instanceof UncheckedIOException unchecked
                ? unchecked.getCause()
                : (IOException) failure;
    }
}
