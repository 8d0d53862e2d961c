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

import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.testutils.Await;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.util.ExceptionUtils;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The jobs of one test, which read records as text; cancelled at its end. */
final class CollectingJobs implements BeforeEachCallback, AfterEachCallback {

    static final String SOURCE = "files under test";

    private final InMemoryReporter reporter;
    private final SharedObjectsExtension sharedObjects = SharedObjectsExtension.create();
    private final List<JobClient> started = new ArrayList<>();
    private SharedReference<CollectedRecords> collected;

    /**
     * @param reporter the one of the cluster
     */
    CollectingJobs(InMemoryReporter reporter) {
        this.reporter = reporter;
    }

    /** A local cluster of two slots, whose metrics are to be seen. */
    static MiniClusterExtension cluster(InMemoryReporter reporter) {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(2)
                        .setConfiguration(reporter.addToConfiguration(new Configuration()))
                        .build());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        sharedObjects.beforeEach(context);
        collected = share(new CollectedRecords());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (JobClient job : started) {
            cancel(job);
        }
        sharedObjects.afterEach(context);
    }

    /** Makes an object reachable for the functions of the test's jobs. */
    <T> SharedReference<T> share(T object) {
        return sharedObjects.add(object);
    }

    /** What the jobs of this test have read, all of them together. */
    CollectedRecords records() {
        return collected.get();
    }

    /** Starts to describe a job over this source. */
    CollectingJobBuilder<String> job(RecordFileSourceBuilder<String> source) {
        return job(source, record -> record);
    }

    /** Starts to describe a job over this source, whose elements are made text. */
    <T> CollectingJobBuilder<T> job(
            RecordFileSourceBuilder<T> source, MapFunction<T, String> text) {
        return new CollectingJobBuilder<>(this, source.build(), text, collected);
    }

    /** Runs a job to its end, without any restart; returns what it has read, sorted. */
    List<String> read(RecordFileSourceBuilder<String> source) throws Exception {
        awaitEnd(job(source).start());
        return records().sorted();
    }

    /** Runs a job, without any restart, until it has failed; returns the reasons. */
    String failure(RecordFileSourceBuilder<String> source) throws Exception {
        return job(source).failure();
    }

    void started(JobClient job) {
        started.add(job);
    }

    /** Cancels the job, unless it has ended, and waits until it has ended. */
    static void cancel(JobClient job) throws Exception {
        if (!job.getJobStatus().get().isGloballyTerminalState()) {
            job.cancel().get(CollectedRecords.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        Await.until(
                "the end of the job",
                CollectedRecords.PATIENCE,
                () -> job.getJobStatus().get().isGloballyTerminalState());
    }

    /** Stops the job with a savepoint, as soon as all its tasks run; returns its path. */
    static String stop(JobClient job, Path directory) throws Exception {
        AtomicReference<String> savepoint = new AtomicReference<>();
        Await.until(
                "a savepoint",
                CollectedRecords.PATIENCE,
                () -> {
                    savepoint.set(
                            job.stopWithSavepoint(
                                            false,
                                            directory.toUri().toString(),
                                            SavepointFormatType.CANONICAL)
                                    .get(CollectedRecords.PATIENCE.toSeconds(), TimeUnit.SECONDS));
                    return true;
                });
        Await.until(
                "the end of the job",
                CollectedRecords.PATIENCE,
                () -> job.getJobStatus().get() == JobStatus.FINISHED);
        return savepoint.get();
    }

    /** Waits until the job has ended by itself, without a failure. */
    static void awaitEnd(JobClient job) throws Exception {
        job.getJobExecutionResult().get(CollectedRecords.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until the job has failed; returns the reasons, one below the other. */
    static String awaitFailure(JobClient job) throws Exception {
        try {
            job.getJobExecutionResult()
                    .get(CollectedRecords.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return ExceptionUtils.stringifyException(e);
        }
        throw new AssertionError("The job has ended as " + job.getJobStatus().get());
    }

    /** The sum of a metric over all readers of a job, former attempts included. */
    long sum(JobClient job, RecordFileMetric metric) {
        return sum(job, metric.qualifiedName());
    }

    /** The sum of a counter of a job's source, whether of its readers or its enumerator. */
    long sum(JobClient job, String qualifiedName) {
        long[] sum = new long[1];
        reporter.getMetricsByGroup()
                .forEach(
                        (group, metrics) ->
                                metrics.forEach(
                                        (name, metric) -> {
                                            if (metric instanceof Counter counter
                                                    && isOf(job, group, name, qualifiedName)) {
                                                sum[0] += counter.getCount();
                                            }
                                        }));
        return sum[0];
    }

    private static boolean isOf(
            JobClient job, MetricGroup group, String name, String qualifiedName) {
        return job.getJobID().toString().equals(group.getAllVariables().get("<job_id>"))
                && group.getMetricIdentifier(name).endsWith('.' + qualifiedName);
    }
}
