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

import io.activedataflow.flink.connector.redis.testutils.RedisProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is broken on purpose, and when. Each step waits until the one before has been survived. */
final class FaultScript {

    private static final double CRASH_AT = 0.35;
    private static final double KILL_AT = 0.65;
    private static final int OUTAGE_SECONDS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final QuickStartSettings settings;
    private final Progress progress;
    private final LiveView view;
    private final RedisProcess redis;

    FaultScript(QuickStartSettings settings, Progress progress, LiveView view, RedisProcess redis) {
        this.settings = settings;
        this.progress = progress;
        this.view = view;
        this.redis = redis;
    }

    /** Returns when both faults have happened and the job reads on. */
    void play() throws Exception {
        awaitWritten(CRASH_AT);
        crashTheJob();
        awaitWritten(KILL_AT);
        killRedis();
    }

    private void awaitWritten(double fraction) throws Exception {
        progress.await(
                "orders to be written",
                PATIENCE,
                now ->
                        now.job().isRunning()
                                && now.read() > 0
                                && now.written() >= fraction * settings.records());
    }

    private void crashTheJob() throws Exception {
        long read = progress.latest().read();
        requestCrash();
        view.event("FAULT 1", "an operator of the job throws, just after a checkpoint.");
        Snapshot restored =
                progress.await(
                        "the job to be restored",
                        PATIENCE,
                        now -> now.job().restoredFrom() > 0 && now.job().isRunning());
        view.event(
                "SURVIVED",
                "the job goes back to checkpoint "
                        + restored.job().restoredFrom()
                        + ", and reads again what came after it.");
        awaitReadBeyond(read);
    }

    private void requestCrash() throws IOException {
        Files.createFile(settings.crashRequest());
    }

    private void killRedis() throws Exception {
        long restoredFrom = progress.latest().job().restoredFrom();
        redis.kill9();
        view.event("FAULT 2", "Redis is killed with kill -9; it is started again 2 seconds later.");
        CompletableFuture.runAsync(
                        redis::start,
                        CompletableFuture.delayedExecutor(OUTAGE_SECONDS, TimeUnit.SECONDS))
                .get();
        view.event("RESTART", "Redis is back, with what it had on disk.");
        long read = progress.latest().read();
        Snapshot now = awaitReadBeyond(read);
        view.event(
                "SURVIVED",
                now.job().restoredFrom() == restoredFrom
                        ? "the source has connected again; the job has not been restarted."
                        : "the job reads on.");
    }

    private Snapshot awaitReadBeyond(long read) throws Exception {
        return progress.await(
                "the job to read on",
                PATIENCE,
                now ->
                        now.job().isRunning()
                                && (now.read() > read || now.read() >= settings.records()));
    }
}
