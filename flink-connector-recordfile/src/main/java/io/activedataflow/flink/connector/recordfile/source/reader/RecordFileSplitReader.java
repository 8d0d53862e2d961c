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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.VisibleForTesting;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;

/**
 * Takes the batches that a {@link SplitWorker} reads on a thread of its own. The fetcher thread
 * itself never waits for a file system: it can be woken up, paused and closed at any time.
 *
 * <p>Fetcher thread only, but for {@link #wakeUp}.
 */
@Internal
final class RecordFileSplitReader<E> implements SplitReader<E, RecordFileSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(RecordFileSplitReader.class);

    /** With what closing takes besides, less than five seconds. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    private final HandOver<E> handOver;
    private final SplitWorker<E> worker;
    private final Runnable abort;
    private final String threadName;
    private final long closePatienceMillis;
    private @Nullable Thread thread;

    /**
     * @param abort breaks off whatever the worker waits for; may itself wait for a file system
     * @param taskName names the worker's thread
     */
    RecordFileSplitReader(
            HandOver<E> handOver, SplitWorker<E> worker, Runnable abort, String taskName) {
        this(handOver, worker, abort, taskName, CLOSE_PATIENCE);
    }

    @VisibleForTesting
    RecordFileSplitReader(
            HandOver<E> handOver,
            SplitWorker<E> worker,
            Runnable abort,
            String taskName,
            Duration closePatience) {
        this.handOver = handOver;
        this.worker = worker;
        this.abort = abort;
        this.threadName = "Record File Reader for " + taskName;
        this.closePatienceMillis = closePatience.toMillis();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<RecordFileSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new IllegalArgumentException(
                    "Cannot handle a splits change of " + change.getClass().getName() + '.');
        }
        handOver.add(change.splits());
        if (thread == null) {
            thread = daemon(worker, threadName);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<RecordFileSplit> toPause, Collection<RecordFileSplit> toResume) {
        handOver.setPaused(toPause, toResume);
    }

    @Override
    public RecordsWithSplitIds<E> fetch() throws IOException {
        return handOver.take();
    }

    @Override
    public void wakeUp() {
        handOver.wakeUp();
    }

    /** Leaves a worker behind that a file system does not let go, rather than wait for it. */
    @Override
    public void close() {
        RecordFileSplit inProgress = handOver.close();
        if (thread == null) {
            return;
        }
        if (inProgress != null) {
            daemon(abort, threadName + " (abort)");
        }
        thread.interrupt();
        try {
            thread.join(closePatienceMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "The file system does not end a call for {}. The thread '{}' is left to wait for"
                            + " it.",
                    inProgress,
                    threadName);
        }
    }
}
