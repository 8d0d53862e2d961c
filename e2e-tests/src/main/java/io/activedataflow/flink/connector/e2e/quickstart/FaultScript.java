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

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is broken on purpose, and when. Each step waits until the one before has been survived. The
 * producers write only half of the way to the next one until the server is back, so that there is
 * always something left to read then.
 */
final class FaultScript {

    private static final double CRASH_AT = 0.3;
    private static final double LAST_FAULT_AT = 0.7;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final QuickStartSettings settings;
    private final Progress progress;
    private final LiveView view;
    private final List<Inlet> inlets;
    private final List<OrderProducer> producers;
    private int faults;

    FaultScript(
            QuickStartSettings settings,
            Progress progress,
            LiveView view,
            List<Inlet> inlets,
            List<OrderProducer> producers) {
        this.settings = settings;
        this.progress = progress;
        this.view = view;
        this.inlets = inlets;
        this.producers = producers;
    }

    /** Returns when all faults have happened and the job reads on. */
    void play() throws Exception {
        writeUpTo(timeOf(0));
        for (int i = 0; i <= inlets.size(); i++) {
            awaitWritten(timeOf(i));
            writeUpTo(timeOf(i + 0.5));
            double next = i < inlets.size() ? timeOf(i + 1) : 1;
            if (i == 0) {
                crashTheJob(next);
            } else {
                breakServerOf(inlets.get(i - 1), next);
            }
        }
    }

    /** How much is written when a fault happens, or between two of them, as a part of all. */
    private double timeOf(double fault) {
        return CRASH_AT + fault * (LAST_FAULT_AT - CRASH_AT) / inlets.size();
    }

    private void writeUpTo(double fraction) {
        long orders = (long) Math.ceil(fraction * settings.records());
        producers.forEach(producer -> producer.writeUpTo(orders));
    }

    private void awaitWritten(double fraction) throws Exception {
        progress.await(
                "orders to be written",
                PATIENCE,
                now ->
                        now.job().isRunning()
                                && now.all(
                                        source ->
                                                source.read() > 0
                                                        && source.written()
                                                                >= fraction * settings.records()));
    }

    private void crashTheJob(double next) throws Exception {
        Snapshot before = progress.latest();
        requestCrash();
        showFault("an operator of the job throws, just after a checkpoint.");
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
        writeUpTo(next);
        awaitReadBeyond(before, source -> true);
    }

    private void requestCrash() throws IOException {
        Files.createFile(settings.crashRequest());
    }

    private void breakServerOf(Inlet inlet, double next) throws Exception {
        long restoredFrom = progress.latest().job().restoredFrom();
        inlet.breakServer(this::showFault, text -> view.event("BACK", text));
        Snapshot before =
                progress.await("the source to connect again", PATIENCE, now -> inlet.isReadAgain());
        writeUpTo(next);
        Snapshot after = awaitReadBeyond(before, source -> source.name().equals(inlet.name()));
        view.event("SURVIVED", survivalOf(inlet, before, after, restoredFrom));
    }

    private static String survivalOf(
            Inlet inlet, Snapshot before, Snapshot after, long restoredFrom) {
        if (after.of(inlet.name()).read() <= before.of(inlet.name()).read()) {
            return "everything had been read before that.";
        }
        return after.job().restoredFrom() == restoredFrom
                ? inlet.survival()
                : "the job has gone back to checkpoint "
                        + after.job().restoredFrom()
                        + ", and reads on.";
    }

    private void showFault(String text) {
        faults++;
        view.event("FAULT " + faults, text);
    }

    /** Waits until the sources have read more than before, or all there will ever be. */
    private Snapshot awaitReadBeyond(Snapshot before, Predicate<Snapshot.SourceProgress> ofInterest)
            throws Exception {
        return progress.await(
                "the job to read on",
                PATIENCE,
                now ->
                        now.job().isRunning()
                                && now.all(
                                        source ->
                                                !ofInterest.test(source)
                                                        || source.read()
                                                                > before.of(source.name()).read()
                                                        || source.read() >= settings.records()));
    }
}
