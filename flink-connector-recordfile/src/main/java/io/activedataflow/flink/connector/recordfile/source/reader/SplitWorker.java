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

import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens splits, reads them and hands their batches over: whatever may wait for a file system is
 * done here, so that the fetcher thread can be woken up at any time. One batch is read at a time,
 * of the split that {@link AssignedSplits} names; those that wait for their turn, or are paused,
 * stay open.
 *
 * <p>Ends with the hand-over, or with the first error, which it leaves there.
 */
@Internal
final class SplitWorker<E> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SplitWorker.class);

    private final SplitInput.Opener<E> opener;
    private final ChangedFiles changedFiles;
    private final HandOver<E> handOver;
    private final Progress progress;
    private final Map<String, Reading<E>> open = new HashMap<>();
    private final Map<String, RecordFileSplit> replaced = new HashMap<>();
    private @Nullable RecordFileSplit current;

    SplitWorker(
            SplitInput.Opener<E> opener,
            ChangedFiles changedFiles,
            HandOver<E> handOver,
            Progress progress) {
        this.opener = opener;
        this.changedFiles = changedFiles;
        this.handOver = handOver;
        this.progress = progress;
    }

    /** Is told how reading gets on, by the worker thread. */
    interface Progress {

        void opened(RecordFileSplit split);

        void read(RecordFileSplit split, long bytes);

        /** The split has been read to its end, or the rest of it is left out. */
        void ended(RecordFileSplit split);

        void failed(RecordFileSplit split);
    }

    /** A split that is open, and what of it has been handed over. */
    private static final class Reading<E> {
        private final SplitInput<E> input;
        private boolean begun;
        private long bytesHandedOver;

        private Reading(SplitInput<E> input) {
            this.input = input;
        }
    }

    @Override
    public void run() {
        try {
            RecordFileSplit split;
            while ((split = handOver.awaitWork()) != null) {
                current = split;
                readSome(split);
                current = null;
            }
        } catch (InterruptedException e) {
            handOver.fail(new IOException("Reading was interrupted.", e));
        } catch (Throwable e) {
            handOver.fail(describe(e));
        } finally {
            open.values().forEach(reading -> close(reading.input));
        }
    }

    private void readSome(RecordFileSplit split) throws IOException {
        try {
            if (readBatch(split)) {
                return;
            }
        } catch (FileChangedException e) {
            closeAndForget(split);
            RecordFileSplit again = changedFiles.replacementOf(split, e);
            if (again != null) {
                replaced.put(split.splitId(), again);
                return;
            }
        }
        replaced.remove(split.splitId());
        progress.ended(split);
        handOver.finish(split.splitId());
    }

    /** Returns false at the end of the split. */
    private boolean readBatch(RecordFileSplit split) throws IOException {
        Reading<E> reading = open.get(split.splitId());
        if (reading == null) {
            reading = open(split);
        }
        SplitBatch<E> batch = reading.input.read();
        long bytes = reading.input.bytesRead() - reading.bytesHandedOver;
        reading.bytesHandedOver += bytes;
        progress.read(split, bytes);
        if (batch == null) {
            closeAndForget(split);
            return false;
        }
        handOver.put(split.splitId(), batch, bytes, reading.begun ? null : reading.input.split());
        reading.begun = true;
        return true;
    }

    private Reading<E> open(RecordFileSplit split) throws IOException {
        Reading<E> reading =
                new Reading<>(
                        opener.open(
                                changedFiles.asToBeOpened(
                                        replaced.getOrDefault(split.splitId(), split))));
        open.put(split.splitId(), reading);
        progress.opened(reading.input.split());
        return reading;
    }

    private void closeAndForget(RecordFileSplit split) {
        Reading<E> reading = open.remove(split.splitId());
        if (reading != null) {
            close(reading.input);
        }
    }

    private void close(SplitInput<E> input) {
        try {
            input.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("Closing {} failed; nothing more is read of it.", input.split(), e);
        }
    }

    private Throwable describe(Throwable cause) {
        RecordFileSplit split = current;
        if (split != null) {
            progress.failed(split);
        }
        if (split == null || cause instanceof Error) {
            return cause;
        }
        return new IOException(
                "Cannot read "
                        + split
                        + ": "
                        + (cause.getMessage() == null ? cause : cause.getMessage()),
                cause);
    }
}
