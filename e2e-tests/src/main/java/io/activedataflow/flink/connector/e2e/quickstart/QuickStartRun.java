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
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run: starts server, producer and job, breaks them, and counts at the end. Main thread only.
 */
final class QuickStartRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double BACKLOG = 0.1;

    private final QuickStartSettings settings;
    private final LiveView view;
    private final RedisProcess redis;
    private final OrderProducer producer;
    private final Narration narration;
    private JobClient job;
    private ProgressMonitor monitor;
    private boolean jobIsOver;

    private QuickStartRun(QuickStartSettings settings, PrintStream screen) {
        this.settings = settings;
        this.view = new LiveView(screen);
        this.narration = new Narration(settings, view);
        this.redis =
                RedisProcess.builder(RedisServerBinary.embedded())
                        .appendOnlyAlways()
                        .config("auto-aof-rewrite-percentage", "0")
                        .build();
        this.producer =
                new OrderProducer(
                        redis,
                        settings.records(),
                        (long) (BACKLOG * settings.records()),
                        settings.duration());
    }

    /** Starts everything and returns when the job reads. */
    static QuickStartRun start(QuickStartSettings settings, PrintStream screen) throws Exception {
        QuickStartRun run = new QuickStartRun(settings, screen);
        try {
            run.start();
            return run;
        } catch (Exception e) {
            run.close();
            throw e;
        }
    }

    private void start() throws Exception {
        WorkDirectory.prepare(settings);
        narration.opening(redis);
        redis.start();
        producer.writeBacklog();
        narration.started(redis, producer.written());
        job = QuickStartJob.submit(settings, redis.host(), redis.port());
        monitor =
                new ProgressMonitor(
                        new FlinkRest(settings.webUi(), job.getJobID().toString()),
                        Map.of(QuickStartJob.REDIS_STREAMS, producer::written));
        monitor.start();
        view.start(monitor.progress());
        monitor.progress().await("the job to read", PATIENCE, now -> now.read() > 0);
        producer.start();
    }

    /** Breaks what there is to break, waits until all is read, and counts. */
    Verdict toVerdict() throws Exception {
        new FaultScript(settings, monitor.progress(), view, redis).play();
        awaitAllRead();
        if (settings.keepRunning()) {
            awaitAllCommitted();
        } else {
            stopJob();
        }
        view.close();
        producer.check();
        Verdict verdict =
                Verdict.of(
                        QuickStartJob.REDIS_STREAMS,
                        WrittenOrders.read(redis),
                        CommittedOrders.read(settings.output()));
        narration.closing(verdict);
        return verdict;
    }

    /** Whatever does not come in time is for the verdict to show. */
    private void awaitAllRead() throws InterruptedException {
        try {
            monitor.progress()
                    .await(
                            "all orders to be read",
                            PATIENCE.plus(settings.duration()),
                            now ->
                                    now.written() >= settings.records()
                                            && now.read() >= now.written());
            view.show(monitor.progress().latest());
            view.event("DONE", "all orders are read.");
        } catch (TimeoutException e) {
            view.event("GIVING UP", e.getMessage());
        }
    }

    private void stopJob() throws Exception {
        Path savepoints = settings.directory().resolve("savepoint");
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        jobIsOver = true;
        view.event("STOPPED", "with a savepoint, which commits what was not committed yet.");
    }

    /** The second checkpoint from now on has begun after everything was read. */
    private void awaitAllCommitted() throws Exception {
        long checkpoints = monitor.progress().latest().job().checkpoints();
        monitor.progress()
                .await(
                        "two checkpoints",
                        PATIENCE,
                        now -> now.job().checkpoints() >= checkpoints + 2);
    }

    /** Leaves everything as it is until the job or the process is ended from outside. */
    void stayUp() throws Exception {
        narration.stayingUp(redis);
        job.getJobExecutionResult().get();
        jobIsOver = true;
    }

    @Override
    public void close() {
        view.close();
        if (monitor != null) {
            monitor.close();
        }
        if (job != null && !jobIsOver) {
            job.cancel();
        }
        producer.close();
        redis.close();
    }
}
