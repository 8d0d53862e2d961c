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
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The jobs of one test, whose records are checked by {@link SequenceCheck} or {@link OnceCheck};
 * cancelled at its end.
 */
final class TestJobs implements BeforeEachCallback, AfterEachCallback {

    private final SharedObjectsExtension sharedObjects = SharedObjectsExtension.create();
    private final List<JobClient> started = new ArrayList<>();
    private SharedReference<SequenceLedger> ledger;

    /** A local cluster of so many slots. */
    static MiniClusterExtension cluster(int slots) {
        return cluster(1, slots);
    }

    /** A local cluster of so many workers with so many slots each. */
    static MiniClusterExtension cluster(int workers, int slots) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 1000);
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(workers)
                        .setNumberSlotsPerTaskManager(slots)
                        .setConfiguration(configuration)
                        .build());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        sharedObjects.beforeEach(context);
        ledger = share(new SequenceLedger());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (JobClient job : started) {
            if (!job.getJobStatus().get().isGloballyTerminalState()) {
                cancel(job);
            }
        }
        sharedObjects.afterEach(context);
    }

    /** Makes an object reachable for the functions of the test's jobs. */
    <T> SharedReference<T> share(T object) {
        return sharedObjects.add(object);
    }

    /** What the jobs of this test have read, all of them together. */
    SequenceLedger ledger() {
        return ledger.get();
    }

    /** Starts to describe a job over these sources. */
    @SafeVarargs
    @SuppressWarnings("varargs") // They are only read.
    final TestJobBuilder job(RecordFileSourceBuilder<Tuple2<String, Long>>... sources) {
        return new TestJobBuilder(
                this, Arrays.stream(sources).map(RecordFileSourceBuilder::build).toList(), ledger);
    }

    void started(JobClient job) {
        started.add(job);
        ledger.get().watch(job);
    }

    /** Cancels the job and waits until it has ended. */
    static void cancel(JobClient job) throws Exception {
        job.cancel().get(SequenceLedger.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Await.until(
                "the end of the job",
                SequenceLedger.PATIENCE,
                () -> job.getJobStatus().get().isGloballyTerminalState());
    }

    /**
     * Stops the job with a savepoint; returns its path.
     *
     * @param paces what keeps the job from getting on unless records are let pass now and then
     */
    static String stop(JobClient job, Path directory, Pace... paces) throws Exception {
        CompletableFuture<String> stopped =
                job.stopWithSavepoint(
                        false, directory.toUri().toString(), SavepointFormatType.CANONICAL);
        Callable<Boolean> condition = stopped::isDone;
        for (Pace pace : paces) {
            condition = allowing(pace, 1, condition);
        }
        Await.until("the savepoint", SequenceLedger.PATIENCE, condition);
        String savepoint = stopped.get();
        Await.until(
                "the end of the job",
                SequenceLedger.PATIENCE,
                () -> job.getJobStatus().get() == JobStatus.FINISHED);
        return savepoint;
    }

    /** The condition; lets so many records pass each time that it is asked. */
    static Callable<Boolean> allowing(Pace pace, int records, Callable<Boolean> condition) {
        return () -> {
            pace.allow(records);
            return condition.call();
        };
    }

    /** Waits until the job has ended by itself, without a failure. */
    static void awaitEnd(JobClient job) throws Exception {
        job.getJobExecutionResult().get(SequenceLedger.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until the job has failed; returns the reasons, one below the other. */
    static String awaitFailure(JobClient job) throws Exception {
        Duration patience = SequenceLedger.PATIENCE;
        Await.until(
                "the failure of the job",
                patience,
                () -> job.getJobStatus().get().isGloballyTerminalState());
        try {
            job.getJobExecutionResult().get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return ExceptionUtils.stringifyException(e);
        }
        throw new AssertionError("The job has ended as " + job.getJobStatus().get());
    }
}
