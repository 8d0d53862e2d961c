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

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * One run: starts servers, producers and job, breaks them, and counts at the end. Main thread only.
 */
final class QuickStartRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double BACKLOG = 0.1;

    private final QuickStartSettings settings;
    private final LiveView view;
    private final RedisInlet redis = new RedisInlet();
    private final List<Inlet> inlets;
    private final List<OrderProducer> producers;
    private final Narration narration;
    private JobClient job;
    private ProgressMonitor monitor;
    private boolean jobIsOver;

    private QuickStartRun(QuickStartSettings settings, PrintStream screen) {
        this.settings = settings;
        this.view = new LiveView(screen);
        this.inlets =
                List.of(
                        new AmpsInlet(),
                        redis,
                        new FilesInlet(settings.orderFiles(), settings.output(DeadLetters.NAME)));
        this.narration = new Narration(settings, inlets, view);
        this.producers = inlets.stream().map(this::producerFor).toList();
    }

    private OrderProducer producerFor(Inlet inlet) {
        return new OrderProducer(
                inlet.writer(), settings.records(), backlog(), settings.duration());
    }

    private long backlog() {
        return (long) (BACKLOG * settings.records());
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
        WorkDirectory.prepare(settings, outputs());
        narration.opening();
        inlets.forEach(Inlet::start);
        producers.forEach(OrderProducer::writeBacklog);
        narration.started(backlog());
        job = QuickStartJob.submit(settings, inlets);
        monitor =
                new ProgressMonitor(
                        new FlinkRest(settings.webUi(), job.getJobID().toString()),
                        writtenBySource());
        monitor.start();
        view.start(monitor.progress());
        monitor.progress()
                .await("the job to read", PATIENCE, now -> now.all(source -> source.read() > 0));
        producers.forEach(OrderProducer::start);
    }

    private List<String> outputs() {
        List<String> outputs = new ArrayList<>(inlets.stream().map(Inlet::name).toList());
        outputs.add(DeadLetters.NAME);
        return outputs;
    }

    private Map<String, LongSupplier> writtenBySource() {
        Map<String, LongSupplier> written = new LinkedHashMap<>();
        inlets.forEach(inlet -> written.put(inlet.name(), inlet.writer()::written));
        return written;
    }

    /**
     * Breaks what there is to break, waits until all is read, and counts: a verdict per source, and
     * on dead letters.
     */
    List<Verdict> toVerdicts() throws Exception {
        new FaultScript(settings, monitor.progress(), view, inlets, producers).play();
        awaitAllRead();
        if (settings.keepRunning()) {
            awaitAllCommitted();
        } else {
            stopJob();
        }
        view.close();
        producers.forEach(OrderProducer::check);
        List<Verdict> verdicts = new ArrayList<>();
        for (Inlet inlet : inlets) {
            verdicts.add(
                    Verdict.of(
                            inlet.name(),
                            inlet.stored(),
                            CommittedOrders.read(settings.output(inlet.name()))));
        }
        List<DeadLetters> deadLetters =
                inlets.stream().flatMap(inlet -> inlet.deadLetters().stream()).toList();
        narration.counted(verdicts, deadLetters);
        deadLetters.forEach(letters -> verdicts.add(letters.verdict()));
        narration.closing(verdicts);
        return verdicts;
    }

    /** Whatever does not come in time is for the verdict to show. */
    private void awaitAllRead() throws InterruptedException {
        try {
            monitor.progress()
                    .await(
                            "all orders to be read",
                            PATIENCE.plus(settings.duration()),
                            now ->
                                    now.all(
                                            source ->
                                                    source.written() >= settings.records()
                                                            && source.behind() == 0));
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
        narration.stayingUp(redis.commandToAdd(settings.records()));
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
        producers.forEach(OrderProducer::close);
        inlets.forEach(Inlet::close);
    }
}
