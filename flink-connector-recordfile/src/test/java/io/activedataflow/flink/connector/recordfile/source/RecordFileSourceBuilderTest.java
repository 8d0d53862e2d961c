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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileErrorLimit;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.SimpleSplitAssigner;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileSourceBuilderTest {

    private static final RecordFileFormat<String> LINES =
            RecordFileFormat.of(LinesFraming.create(), RecordFileDeserializationSchema.text());

    private static RecordFileSourceBuilder<String> complete() {
        return RecordFileSource.<String>builder().setPaths("/data/orders").setFormat(LINES);
    }

    @Test
    void reportsAllThatIsMissingAtOnce() {
        assertThatThrownBy(
                        () ->
                                RecordFileSource.<String>builder()
                                        .setRetryBackoff(
                                                Duration.ofSeconds(2), Duration.ofSeconds(1))
                                        .setMaxDiscoveryInterval(Duration.ofSeconds(1))
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call setPaths")
                .hasMessageContaining("call setFormat")
                .hasMessageContaining("'retry.max-backoff' (PT1S) is shorter")
                .hasMessageContaining("'scan.discovery.max-interval' is of no use");
    }

    @Test
    void reportsAllContradictionsAtOnce() {
        assertThatThrownBy(
                        () ->
                                RecordFileSource.<String>builder()
                                        .setSelection(
                                                RecordFileSelection.builder()
                                                        .addRoots("/data")
                                                        .setPathTemplate("{region}/*")
                                                        .setMaximumAge(Duration.ofMinutes(1))
                                                        .build())
                                        .setFormat(LINES)
                                        .setContinuous(Duration.ofSeconds(2))
                                        .setMaxDiscoveryInterval(Duration.ofSeconds(1))
                                        .setRetryBackoff(
                                                Duration.ofSeconds(2), Duration.ofSeconds(1))
                                        .setCompleteness(
                                                RecordFileCompleteness.atOnce()
                                                        .withMinimumAge(Duration.ofMinutes(1)))
                                        .setDistribution(
                                                RecordFileDistribution.byKey("region", "date"))
                                        .setDiscoveryMode(RecordFileDiscoveryMode.full())
                                        .setOnLateFile(RecordFileLatePolicy.FAIL)
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'scan.discovery.max-interval' (PT1S) is shorter")
                .hasMessageContaining("'retry.max-backoff' (PT1S) is shorter")
                .hasMessageContaining("selected to an age of PT1M, so none is ever read")
                .hasMessageContaining("needs the parts [date] of paths")
                .hasMessageContaining("the selection names [region]")
                .hasMessageContaining("'scan.on-late-file' is of no use");
    }

    @Test
    void whatGoesTogetherIsNotRefused() {
        assertThatCode(
                        () ->
                                RecordFileSource.<String>builder()
                                        .setSelection(
                                                RecordFileSelection.builder()
                                                        .addRoots("/data")
                                                        .setPathRegex("(?<region>..)/(?<date>.*)/.")
                                                        .setMaximumAge(Duration.ofMinutes(1))
                                                        .build())
                                        .setFormat(LINES)
                                        .setCompleteness(
                                                RecordFileCompleteness.atOnce()
                                                        .withMinimumAge(Duration.ofSeconds(59)))
                                        .setDistribution(
                                                RecordFileDistribution.byKey("date", "region"))
                                        .setOnLateFile(RecordFileLatePolicy.FAIL)
                                        .build())
                .doesNotThrowAnyException();
    }

    /** A file that is being written is not read in half, nor does the job fail for it. */
    @Test
    void continuousSourcesLookTwiceAndBoundedOnesOnce() {
        RecordFileCompleteness own = RecordFileCompleteness.atOnce().withMarkerSuffix(".done");

        assertThat(completeness(complete())).isEqualTo(RecordFileCompleteness.atOnce());
        assertThat(completeness(complete().setContinuous()))
                .isEqualTo(RecordFileCompleteness.atOnce().withStableListings(2));
        assertThat(completeness(complete().setCompleteness(own).setContinuous())).isEqualTo(own);
        assertThat(
                        completeness(
                                complete()
                                        .setContinuous()
                                        .setCompleteness(RecordFileCompleteness.atOnce())))
                .isEqualTo(RecordFileCompleteness.atOnce());
    }

    private static RecordFileCompleteness completeness(RecordFileSourceBuilder<String> builder) {
        return builder.build().settings().discovery().completeness();
    }

    @Test
    void reportsWhatOnlyOwnFormatsCanDo() {
        assertThatThrownBy(
                        () ->
                                complete()
                                        .setFormat(new TextLineInputFormat())
                                        .onMalformed(RecordFileMalformedPolicy.skip())
                                        .setErrorLimit(RecordFileErrorLimit.ofCount(1))
                                        .setTimestamps(RecordFileTimestamps.column("time"))
                                        .build())
                .hasMessageContaining("onMalformed is of no use")
                .hasMessageContaining("An error limit needs")
                .hasMessageContaining("Timestamps from a column need");
    }

    @Test
    void reportsWhatDoesNotGoTogetherAtOnce() {
        assertThatThrownBy(
                        () ->
                                complete()
                                        .setSelection(
                                                RecordFileSelection.builder()
                                                        .addRoots("/data")
                                                        .setPathTemplate("{region}/*.csv")
                                                        .build())
                                        .setDistribution(
                                                RecordFileDistribution.byKey("region", "day"))
                                        .setSplitAssigner(SimpleSplitAssigner::new)
                                        .setTimestamps(RecordFileTimestamps.column("time"))
                                        .setContinuous(Duration.ofSeconds(2))
                                        .setMaxDiscoveryInterval(Duration.ofSeconds(1))
                                        .build())
                .hasMessageContaining("A split assigner is of no use with the distribution")
                .hasMessageContaining("needs the parts [day] of paths")
                .hasMessageContaining("the selection names [region]")
                .hasMessageContaining("Records of text lines have no columns")
                .hasMessageContaining("'scan.discovery.max-interval' (PT1S) is shorter");
    }

    @Test
    void knowsItsOwnFormatAlsoAsABulkFormat() {
        BulkFormat<String, FileSourceSplit> asBulkFormat = LINES;

        assertThatCode(
                        () ->
                                complete()
                                        .setFormat(asBulkFormat)
                                        .onMalformed(RecordFileMalformedPolicy.skip())
                                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatCannotBeAtOnce() {
        assertThatThrownBy(() -> complete().setContinuous(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'scan.discovery.interval' cannot be PT0S");
        assertThatThrownBy(() -> complete().setMaxFilesPerDiscovery(0))
                .hasMessageContaining("scan.discovery.max-files");
        assertThatThrownBy(() -> complete().setMaxBytesPerDiscovery(MemorySize.ZERO))
                .hasMessageContaining("scan.discovery.max-bytes");
        assertThatThrownBy(() -> complete().setPrefetchedSplits(-1))
                .hasMessageContaining("scan.prefetched-splits");
        assertThatThrownBy(() -> complete().setBatchSize(new MemorySize(1)))
                .hasMessageContaining("scan.batch.size");
        assertThatThrownBy(() -> complete().setBatchSize(MemorySize.ofMebiBytes(257)))
                .hasMessageContaining(
                        "'scan.batch.size' cannot be 257 mb. Give from 1 kb to 256 mb");
        assertThatThrownBy(() -> complete().setOnLateFile(null))
                .hasMessageContaining("'scan.on-late-file' cannot be null");
        assertThatThrownBy(() -> complete().setContinuous(null))
                .hasMessageContaining("'scan.discovery.interval' cannot be null");
        assertThatThrownBy(() -> complete().setMaxBytesPerDiscovery(null))
                .hasMessageContaining("'scan.discovery.max-bytes' cannot be null");
        assertThatThrownBy(() -> complete().setRetryDeadline(Duration.ofDays(100_000)))
                .hasMessageContaining("retry.deadline");
    }

    @Test
    void isBoundedUnlessItIsContinuous() {
        assertThat(complete().build().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(complete().setContinuous().build().getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void intervalMayBeLongerThanTheDefaultOfTheLongest() {
        assertThatCode(() -> complete().setContinuous(Duration.ofMinutes(1)).build())
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () ->
                                complete()
                                        .setContinuous(Duration.ofMinutes(1))
                                        .setMaxDiscoveryInterval(Duration.ofSeconds(1))
                                        .build())
                .hasMessageContaining("'scan.discovery.max-interval' (PT1S) is shorter");
    }

    @Test
    void sourceIsSerializableAndReadable() throws Exception {
        RecordFileSource<String> source =
                InstantiationUtil.clone(
                        complete()
                                .setContinuous()
                                .onMalformed(RecordFileMalformedPolicy.emit(letter -> "x"))
                                .setDistribution(RecordFileDistribution.byName())
                                .build());

        assertThat(source.getProducedType()).isEqualTo(Types.STRING);
        assertThat(source).hasToString("RecordFileSource{/data/orders}");
    }

    @Test
    void lineageHasADatasetForEachRoot() {
        RecordFileSource<String> source =
                RecordFileSource.<String>builder()
                        .setPaths("s3://bucket/orders", "hdfs://node:9000/data/{a,b}/*.csv")
                        .setFormat(LINES)
                        .build();

        SourceLineageVertex vertex = (SourceLineageVertex) source.getLineageVertex();

        assertThat(vertex.boundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(vertex.datasets())
                .extracting(LineageDataset::namespace)
                .contains("s3://bucket", "hdfs://node:9000");
        assertThat(vertex.datasets()).extracting(LineageDataset::name).contains("/orders");
    }

    @Test
    void listingsAreRepeatedAsReadingIs() {
        FileRetrySettings retries =
                complete()
                        .setRetryBackoff(Duration.ofMillis(7), Duration.ofSeconds(9))
                        .setRetryDeadline(Duration.ofSeconds(11))
                        .build()
                        .settings()
                        .discovery()
                        .retries();

        assertThat(retries.deadline()).isEqualTo(Duration.ofSeconds(11));
        assertThat(retries.backoff().initial()).isEqualTo(Duration.ofMillis(7));
        assertThat(retries.backoff().max()).isEqualTo(Duration.ofSeconds(9));
        assertThat(retries.backoff().jitter()).isPositive();
    }

    @Test
    void positionsGivenByHandAreOffsetsInFilesThatAreSelected() {
        assertThatThrownBy(
                        () ->
                                complete()
                                        .setPositionOverrides(
                                                Map.of(
                                                        "/elsewhere/a",
                                                        RecordFilePosition.START,
                                                        "/data/orders/b",
                                                        new RecordFilePosition(9, 0, 9, 3, 1, 1),
                                                        "/data/orders/c",
                                                        new RecordFilePosition(-1, 0, 0, 3, 1, 1),
                                                        "/data/orders/d",
                                                        new RecordFilePosition(9, 0, 3, 0, 1, 1)))
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'/elsewhere/a', which is not selected by /data/orders")
                .hasMessageContaining("skip=3, recordNumber=1, line=1] given by hand for")
                .hasMessageContaining("the file '/data/orders/c' is none of")
                .hasMessageContaining("the file '/data/orders/d' is none of");
        assertThatThrownBy(
                        () -> complete().setPositionOverrides(Map.of("", RecordFilePosition.START)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatCode(
                        () ->
                                complete()
                                        .setPositionOverrides(
                                                Map.of(
                                                        "file:/data/orders/a",
                                                        RecordFilePosition.atOffset(9),
                                                        "/data/orders/b.gz",
                                                        new RecordFilePosition(9, 5, 3, 0, 1, 1)))
                                        .build())
                .doesNotThrowAnyException();
    }
}
