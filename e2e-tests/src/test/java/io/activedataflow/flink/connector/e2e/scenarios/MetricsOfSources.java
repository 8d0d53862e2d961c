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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumeratorMetric;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;

import org.assertj.core.api.SoftAssertions;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the metrics of the three sources have to be when all that was written has been read. */
final class MetricsOfSources {

    /** What FLIP-33 asks for, of all sources, and has the same meaning for each. */
    private static final List<String> STANDARD =
            List.of(
                    "numRecordsIn",
                    "numRecordsInPerSecond",
                    "numBytesIn",
                    "numBytesInPerSecond",
                    "numRecordsInErrors",
                    "numRecordsOut",
                    "currentFetchEventTimeLag",
                    "currentEmitEventTimeLag",
                    "sourceIdleTime",
                    "watermarkLag");

    /** What the autoscaler reads of the task of a source. */
    private static final List<String> OF_TASK =
            List.of(
                    "numRecordsIn",
                    "numRecordsOut",
                    "numRecordsInPerSecond",
                    "numRecordsOutPerSecond",
                    "busyTimeMsPerSecond",
                    "backPressuredTimeMsPerSecond",
                    "idleTimeMsPerSecond");

    private static final long TEN_MINUTES = Duration.ofMinutes(10).toMillis();

    private final SoftAssertions softly;
    private final SourceMetrics redis;
    private final SourceMetrics amps;
    private final List<SourceMetrics> files;

    MetricsOfSources(RunningPipeline job, SoftAssertions softly) {
        this.softly = softly;
        this.redis = SourceMetrics.of(job, "redis");
        this.amps = SourceMetrics.of(job, "amps");
        this.files =
                List.of(SourceMetrics.of(job, "files-csv"), SourceMetrics.of(job, "files-jsonl"));
    }

    private Stream<SourceMetrics> all() {
        return Stream.concat(Stream.of(redis, amps), files.stream());
    }

    /** Whether what was read has been reported; later than it was read. */
    boolean areUpToDate(long ordersOfEach) {
        return redis.sum("numRecordsIn") == ordersOfEach
                && amps.sum("numRecordsIn") == ordersOfEach
                && ofFiles("numRecordsIn") == ordersOfEach
                // There is none before the first watermark, which splits without data hold back.
                && all().allMatch(source -> source.names().contains("watermarkLag"));
    }

    /** For how long all of them have emitted nothing. */
    long idleTime() {
        return all().mapToLong(source -> source.max("sourceIdleTime")).min().orElseThrow();
    }

    void checkNames() {
        all().forEach(
                        source -> {
                            softly.assertThat(source.names()).containsAll(STANDARD);
                            softly.assertThat(source.namesOfTask()).containsAll(OF_TASK);
                        });
        softly.assertThat(redis.names())
                .containsAll(
                        Stream.of(RedisStreamsMetric.values())
                                .map(RedisStreamsMetric::qualifiedName)
                                .toList());
        softly.assertThat(amps.names())
                .containsAll(
                        Stream.of(AmpsMetric.values()).map(AmpsMetric::qualifiedName).toList());
        files.forEach(
                source ->
                        softly.assertThat(source.names())
                                .containsAll(
                                        Stream.of(RecordFileMetric.values())
                                                .map(RecordFileMetric::qualifiedName)
                                                .toList()));
    }

    /**
     * @param age the time between the orders and now, at least
     */
    void checkLags(Duration age) {
        all().forEach(
                        source -> {
                            checkLag(source, "currentFetchEventTimeLag", 0);
                            checkLag(source, "currentEmitEventTimeLag", age.toMillis());
                            checkLag(source, "watermarkLag", age.toMillis());
                        });
        checkLag(amps, "AmpsSourceReader.serverTimestampLag", 0);
    }

    private void checkLag(SourceMetrics source, String metric, long atLeast) {
        softly.assertThat(source.max(metric))
                .as(source + metric)
                .isBetween(atLeast, atLeast + TEN_MINUTES);
    }

    /**
     * @param bytesOfFiles as they are stored
     * @param bytesOfMessages without what the protocol adds
     */
    void checkBytes(long bytesOfFiles, long bytesOfMessages) {
        softly.assertThat(ofFiles("numBytesIn")).as("bytes of files").isEqualTo(bytesOfFiles);
        softly.assertThat(amps.sum("numBytesIn")).as("bytes of AMPS").isEqualTo(bytesOfMessages);
        softly.assertThat(redis.sum("numBytesIn"))
                .as("bytes of Redis")
                .isBetween(bytesOfMessages / 2, 2 * bytesOfMessages);
    }

    /** That nothing is left and nothing went wrong. */
    void checkCalm(long numberOfFiles) {
        softly.assertThat(redis.sum("pendingRecords")).as("pending in Redis").isZero();
        softly.assertThat(ofFiles("pendingBytes")).as("pending in files").isZero();
        all().forEach(
                        source ->
                                softly.assertThat(source.sum("numRecordsInErrors"))
                                        .as(source + "numRecordsInErrors")
                                        .isZero());
        checkZero(redis, "RedisStreamsSourceReader", "reconnects", "retriedErrors", "lostEntries");
        checkZero(redis, "RedisStreamsSourceReader", "streamResets", "commitsFailed");
        checkZero(amps, "AmpsSourceReader", "reconnects", "retriedErrors", "dataLosses");
        checkZero(amps, "AmpsSourceReader", "duplicatesDropped", "lastChanceMessages");
        for (SourceMetrics source : files) {
            checkZero(source, "RecordFileSourceReader", "filesFailed", "filesChanged");
            checkZero(source, "RecordFileSourceReader", "filesSkipped", "retriedErrors");
        }
        softly.assertThat(redis.sum("RedisStreamsSourceReader.commitsSucceeded")).isPositive();
        softly.assertThat(ofFiles("RecordFileSourceReader.filesOpened")).isEqualTo(numberOfFiles);
        softly.assertThat(ofFiles("RecordFileSourceReader.filesFinished")).isEqualTo(numberOfFiles);
    }

    /** What the enumerators of the files have found. */
    void checkEnumerators(long numberOfFiles) {
        long found = 0;
        for (SourceMetrics source : files) {
            for (RecordFileEnumeratorMetric metric : RecordFileEnumeratorMetric.values()) {
                softly.assertThat(source.ofEnumerator(metric.metricName()))
                        .as(source + metric.metricName())
                        .isNotNegative();
            }
            found += source.ofEnumerator("filesFound");
            softly.assertThat(source.ofEnumerator("unassignedSplits")).as("unassigned").isZero();
        }
        softly.assertThat(found).as("files found").isEqualTo(numberOfFiles);
    }

    private void checkZero(SourceMetrics source, String group, String... metrics) {
        for (String metric : metrics) {
            softly.assertThat(source.sum(group + '.' + metric)).as(source + metric).isZero();
        }
    }

    private long ofFiles(String metric) {
        return files.stream().mapToLong(source -> source.sum(metric)).sum();
    }
}
