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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Takes a snapshot four times a second, on a thread of its own. */
final class ProgressMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressMonitor.class);
    private static final long PERIOD_MILLIS = 250;

    private final FlinkRest flink;
    private final Map<String, LongSupplier> writtenBySource;
    private final Map<String, Long> readBySource = new LinkedHashMap<>();
    private final Progress progress;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("progress-monitor"));

    /**
     * @param writtenBySource how many records there are to be read, by the name of the source
     */
    ProgressMonitor(FlinkRest flink, Map<String, LongSupplier> writtenBySource) {
        this.flink = flink;
        this.writtenBySource = new LinkedHashMap<>(writtenBySource);
        this.progress = new Progress(snapshot(Snapshot.JobStatus.STARTING));
    }

    Progress progress() {
        return progress;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Snapshot.JobStatus job = progress.latest().job();
        try {
            job = flink.jobStatus();
            for (String source : writtenBySource.keySet()) {
                flink.arrived(source).ifPresent(read -> readBySource.put(source, read));
            }
        } catch (IOException e) {
            // Before the web UI is up, and when it goes: the last that was known stays on screen.
            LOG.debug("Flink does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        progress.update(snapshot(job));
    }

    private Snapshot snapshot(Snapshot.JobStatus job) {
        List<Snapshot.SourceProgress> sources =
                writtenBySource.entrySet().stream()
                        .map(
                                source ->
                                        new Snapshot.SourceProgress(
                                                source.getKey(),
                                                source.getValue().getAsLong(),
                                                readBySource.getOrDefault(source.getKey(), 0L)))
                        .toList();
        return new Snapshot(job, sources);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
