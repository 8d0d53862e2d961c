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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;
import io.activedataflow.flink.connector.recordfile.source.split.FinishedSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A reader as Flink uses it, over real files. */
@Timeout(60)
class RecordFileSourceReaderTest {

    private static final int PREFETCHED = 1;

    @TempDir Path directory;

    private MetricListener metrics;
    private TestingReaderContext context;
    private final List<String> idleness = new ArrayList<>();

    private final TestingReaderOutput<String> outputOfNoSplit =
            new TestingReaderOutput<>() {
                @Override
                public void markIdle() {
                    idleness.add("splits idle");
                }
            };

    private final TestingReaderOutput<String> output =
            new TestingReaderOutput<>() {
                @Override
                public void markIdle() {
                    idleness.add("idle");
                }

                @Override
                public void markActive() {
                    idleness.add("active");
                }

                @Override
                public SourceOutput<String> createOutputForSplit(String splitId) {
                    return splitId.equals("no split") ? outputOfNoSplit : this;
                }
            };
    private RecordFileFormat<String> format =
            RecordFileFormat.of(LinesFraming.create(), RecordFileDeserializationSchema.text());
    private RecordFileChangePolicy changed = RecordFileChangePolicy.FAIL;
    private String root;
    private boolean continuous;
    private boolean contentIdentity;
    private SourceReader<String, RecordFileSplit> reader;

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private SourceReader<String, RecordFileSplit> create() throws Exception {
        metrics = new MetricListener();
        context =
                new TestingReaderContext(
                        new Configuration(),
                        InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup()));
        return RecordFileSourceReaderFactory.of(
                        format,
                        RecordFileSelection.of(root == null ? directory.toString() : root),
                        RecordFileTimestamps.none(),
                        RecordFileMalformedPolicy.fail(),
                        RecordFileErrorLimit.none(),
                        new FlinkFileAccess(FileRetrySettings.DEFAULT, !contentIdentity),
                        new ReaderOptions(
                                continuous, changed, 64, PREFETCHED, PositionOverrides.NONE))
                .create(context);
    }

    private void start(RecordFileSplit... restored) throws Exception {
        reader = create();
        reader.addSplits(List.of(restored));
        reader.start();
    }

    /** Polls until so many elements have been emitted. */
    private List<String> poll(int elements) throws Exception {
        while (output.getEmittedRecords().size() < elements) {
            if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get();
            }
        }
        return output.getEmittedRecords();
    }

    private void pollToTheEnd() throws Exception {
        InputStatus status = reader.pollNext(output);
        while (status != InputStatus.END_OF_INPUT) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get();
            }
            status = reader.pollNext(output);
        }
    }

    private RecordFileSplit lines(String name, int from, int to) throws IOException {
        return FileRecords.write(directory, name, text(from, to));
    }

    private static String text(int from, int to) {
        return String.join("\n", numbers(from, to)) + '\n';
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).collect(Collectors.toList());
    }

    private <E extends SourceEvent> List<E> events(Class<E> type) {
        return context.getSentEvents().stream().filter(type::isInstance).map(type::cast).toList();
    }

    // ------------------------------------------------------------------------ threads

    /** Tells of each record whether it was deserialized by the thread that polls. */
    private record ByThread(boolean isThreadAgnostic, String taskThread)
            implements RecordFileDeserializationSchema<String> {

        @Override
        public void deserialize(RecordFileRecord record, Collector<String> out) {
            out.collect(Thread.currentThread().getName().equals(taskThread) ? "task" : "worker");
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    @ParameterizedTest
    @CsvSource({"false, task", "true, worker"})
    void onlyThreadAgnosticSchemasRunAheadOfTheTask(boolean agnostic, String thread)
            throws Exception {
        format =
                RecordFileFormat.of(
                        LinesFraming.create(),
                        new ByThread(agnostic, Thread.currentThread().getName()));
        start(lines("a", 0, 3));

        assertThat(poll(3)).containsOnly(thread);
    }

    // ------------------------------------------------------------------------ splits and requests

    @Test
    void asksForASplitWhenItStartsWithout() throws Exception {
        start();

        assertThat(events(RestoredSplitsEvent.class))
                .containsExactly(new RestoredSplitsEvent(List.of()));
        assertThat(context.getNumSplitRequests()).isEqualTo(1);
    }

    @Test
    void reportsTheSplitsItIsRestoredWith() throws Exception {
        start(lines("a", 0, 10), lines("b", 10, 20));

        assertThat(events(RestoredSplitsEvent.class))
                .containsExactly(new RestoredSplitsEvent(List.of("a", "b")));
        assertThat(context.getNumSplitRequests()).as("it has enough to do").isZero();
    }

    @Test
    void dropsSplitsThatAreNotSelectedAnyMoreAndDoesNotReportThem() throws Exception {
        root = directory + "/b*";
        start(lines("a", 0, 10), lines("b", 10, 20));
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(output.getEmittedRecords()).isEqualTo(numbers(10, 20));
        assertThat(events(RestoredSplitsEvent.class))
                .containsExactly(new RestoredSplitsEvent(List.of("b")));
    }

    @Test
    void readsWhatItIsGivenLaterWhateverItsPath() throws Exception {
        root = "/elsewhere";
        start();
        reader.addSplits(List.of(lines("a", 0, 10)));

        assertThat(poll(10)).isEqualTo(numbers(0, 10));
    }

    @Test
    void asksForMoreBeforeItRunsDryAndReportsWhatItHasRead() throws Exception {
        start();
        reader.addSplits(List.of(lines("a", 0, 5), lines("b", 5, 10)));
        assertThat(context.getNumSplitRequests()).isEqualTo(1);

        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(output.getEmittedRecords()).isEqualTo(numbers(0, 10));
        assertThat(events(FinishedSplitsEvent.class))
                .flatExtracting(FinishedSplitsEvent::splitIds)
                .containsExactly("a", "b");
        assertThat(context.getNumSplitRequests()).as("there are no more").isEqualTo(1);
    }

    /** Flink ends a fetcher that has no splits, and a fetcher that is ended may stay. */
    @Test
    void oneThreadReadsWhatComesLater() throws Exception {
        start(lines("a", 0, 10));
        pollUntilNothingIsLeft(1);
        List<Thread> first = readingThreads();
        reader.addSplits(List.of(lines("b", 10, 20)));
        pollUntilNothingIsLeft(2);

        assertThat(output.getEmittedRecords()).isEqualTo(numbers(0, 20));
        assertThat(readingThreads()).hasSize(1).isEqualTo(first);
    }

    private void pollUntilNothingIsLeft(int splits) throws Exception {
        InputStatus status = reader.pollNext(output);
        while (events(FinishedSplitsEvent.class).size() < splits) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get();
            }
            status = reader.pollNext(output);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        }
    }

    private static List<Thread> readingThreads() {
        String name = "Record File Reader for " + Thread.currentThread().getName();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }

    @Test
    void asksOnceHoweverManySplitsEnd() throws Exception {
        start();
        reader.addSplits(List.of(lines("a", 0, 5), lines("b", 5, 10), lines("c", 10, 15)));

        poll(15);
        while (events(FinishedSplitsEvent.class).size() < 3) {
            reader.pollNext(output);
        }

        assertThat(context.getNumSplitRequests()).isEqualTo(2);
    }

    @Test
    void isIdleByTheEnumeratorsWordOnly() throws Exception {
        start();
        reader.pollNext(output);
        assertThat(idleness).isEmpty();

        reader.handleSourceEvents(new NothingToReadEvent());
        assertThat(idleness).containsExactly("splits idle", "idle");

        reader.addSplits(List.of(lines("a", 0, 5)));
        assertThat(idleness).containsExactly("splits idle", "idle", "active");
        assertThatThrownBy(() -> reader.handleSourceEvents(new RestoredSplitsEvent(List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isIdleAfterItsLastSplitIfItWasToldBefore() throws Exception {
        start();
        reader.addSplits(List.of(lines("a", 0, 5)));
        reader.handleSourceEvents(new NothingToReadEvent());
        poll(5);
        while (events(FinishedSplitsEvent.class).isEmpty()) {
            assertThat(idleness).isEmpty();
            reader.pollNext(output);
        }

        assertThat(idleness).containsExactly("splits idle", "idle");
    }

    // ------------------------------------------------------------------------ positions

    @Test
    void goesOnAfterEachRecordExactly() throws Exception {
        RecordFileSplit split = lines("a", 0, 30);
        List<String> all = numbers(0, 30);
        for (int emitted = 0; emitted <= 30; emitted++) {
            output.clearEmittedRecords();
            start(split);
            poll(emitted);
            List<RecordFileSplit> state = reader.snapshotState(1);
            close();
            if (state.isEmpty()) {
                assertThat(emitted).isEqualTo(30);
                continue;
            }
            assertThat(state.get(0).position().recordNumber()).isEqualTo(emitted);
            assertThat(state.get(0).position().line()).isEqualTo(emitted);

            output.clearEmittedRecords();
            start(state.get(0));
            reader.notifyNoMoreSplits();
            pollToTheEnd();
            close();

            assertThat(output.getEmittedRecords()).isEqualTo(all.subList(emitted, 30));
        }
    }

    @Test
    void stateKnowsTheHeadOfAFileThatIsBeingRead() throws Exception {
        start(lines("a", 0, 100));
        poll(1);

        RecordFileIdentity identity = reader.snapshotState(1).get(0).identity();

        assertThat(identity.hasHead()).isTrue();
        assertThat(identity.headLength()).isEqualTo(290);
    }

    // ------------------------------------------------------------------------ changed files

    @Test
    void fileThatWasReplacedBeforeARestoreFailsTheJob() throws Exception {
        RecordFileSplit split = readHalfAndReplace();

        start(split);

        assertThatThrownBy(this::pollToTheEnd).hasStackTraceContaining("was truncated");
    }

    @Test
    void fileThatWasReplacedBeforeARestoreIsReadAgain() throws Exception {
        changed = RecordFileChangePolicy.RESTART;
        RecordFileSplit split = readHalfAndReplace();

        start(split);
        List<String> first = List.copyOf(poll(1));
        RecordFileSplit state = reader.snapshotState(1).get(0);
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(first).containsExactly("500");
        assertThat(output.getEmittedRecords()).isEqualTo(numbers(500, 520));
        assertThat(state.length()).isEqualTo(80);
        assertThat(state.position()).isEqualTo(RecordFilePosition.at(4, 1, 1));
        assertThat(counter(RecordFileMetric.FILES_CHANGED)).isEqualTo(1);
    }

    @Test
    void fileThatWasReplacedBeforeARestoreIsSkipped() throws Exception {
        changed = RecordFileChangePolicy.SKIP;
        RecordFileSplit split = readHalfAndReplace();

        start(split);
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(output.getEmittedRecords()).isEmpty();
        assertThat(events(FinishedSplitsEvent.class)).hasSize(1);
        assertThat(counter(RecordFileMetric.FILES_SKIPPED)).isEqualTo(1);
    }

    /** It is longer than its head, of which all bytes were known. */
    private RecordFileSplit large() throws IOException {
        return lines("a", 1000, 2000);
    }

    private void touch(String name) throws IOException {
        Files.setLastModifiedTime(directory.resolve(name), FileTime.fromMillis(1_000_000_000));
    }

    @Test
    void fileThatWasTouchedBeforeItIsReadIsReadAsItIs() throws Exception {
        RecordFileSplit split = large();
        touch("a");

        start(split);
        poll(10);
        RecordFileSplit state = reader.snapshotState(1).get(0);
        assertThat(state.identity().modificationTime()).isEqualTo(1_000_000_000);
        assertThat(counter(RecordFileMetric.FILES_CHANGED)).isZero();
        close();
        output.clearEmittedRecords();
        start(state);
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(output.getEmittedRecords()).isEqualTo(numbers(1010, 2000));
    }

    @Test
    void fileThatWasTouchedAfterItWasReadInPartIsAnother() throws Exception {
        start(large());
        poll(10);
        RecordFileSplit state = reader.snapshotState(1).get(0);
        close();
        touch("a");
        start(state);

        assertThatThrownBy(this::pollToTheEnd).hasStackTraceContaining("was replaced");
    }

    @Test
    void rangeOfAFileThatWasTouchedIsNotRead() throws Exception {
        RecordFileSplit whole = large();
        touch("a");
        start(
                new RecordFileSplit(
                        "range",
                        whole.path(),
                        0,
                        1000,
                        RecordFileSplit.Kind.READ,
                        whole.identity(),
                        RecordFilePosition.START,
                        0,
                        ""));

        assertThatThrownBy(this::pollToTheEnd).hasStackTraceContaining("was replaced");
    }

    /** Otherwise it would be read twice. */
    @Test
    void fileThatWasTouchedIsLeftToTheDiscoveryThatHandsItOutAgain() throws Exception {
        RecordFileSplit split = large();
        touch("a");
        changed = RecordFileChangePolicy.RESTART;
        continuous = true;
        start(split);
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(output.getEmittedRecords()).isEmpty();
        assertThat(counter(RecordFileMetric.FILES_CHANGED)).isEqualTo(1);
    }

    /** The discovery, which goes by the content, does not hand it out again. */
    @Test
    void fileThatWasTouchedIsReadWhereFilesAreRecognisedByTheirContent() throws Exception {
        contentIdentity = true;
        changed = RecordFileChangePolicy.RESTART;
        continuous = true;
        RecordFileSplit split = large();
        touch("a");
        start(split);
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(output.getEmittedRecords()).isEqualTo(numbers(1000, 2000));
        assertThat(counter(RecordFileMetric.FILES_CHANGED)).isZero();
    }

    @Test
    void restOfAFileThatWasTouchedIsReadWhereFilesAreRecognisedByTheirContent() throws Exception {
        contentIdentity = true;
        start(large());
        poll(10);
        RecordFileSplit state = reader.snapshotState(1).get(0);
        close();
        output.clearEmittedRecords();
        touch("a");
        start(state);
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        assertThat(output.getEmittedRecords()).isEqualTo(numbers(1010, 2000));
    }

    private RecordFileSplit readHalfAndReplace() throws Exception {
        RecordFileChangePolicy policy = changed;
        changed = RecordFileChangePolicy.FAIL;
        start(lines("a", 100, 200));
        poll(50);
        RecordFileSplit half = reader.snapshotState(1).get(0);
        close();
        output.clearEmittedRecords();
        Files.writeString(directory.resolve("a"), text(500, 520));
        changed = policy;
        return half;
    }

    // ------------------------------------------------------------------------ scans

    @Test
    void scansBlocksAndReportsThem() throws Exception {
        format = RecordFileFormat.of(CsvFraming.builder().build(), format.deserializer());
        RecordFileSplit whole = FileRecords.write(directory, "a.csv", "h,i\n1,\"2\n\"\n3,4\n");
        start();

        reader.addSplits(List.of(scan(whole, 0, 8), scan(whole, 8, whole.length() - 8)));
        reader.notifyNoMoreSplits();
        pollToTheEnd();

        List<ScannedBlockEvent> scanned = events(ScannedBlockEvent.class);
        assertThat(scanned).extracting(ScannedBlockEvent::whyNot).containsOnlyNulls();
        assertThat(scanned.get(0).summary().togglesQuotes()).isTrue();
        assertThat(scanned.get(0).summary().outside().lines()).as("the header's").isEqualTo(1);
        assertThat(scanned.get(0).summary().outside().records()).isZero();
        assertThat(scanned.get(1).summary().inside().firstRecord()).isEqualTo(3);
        assertThat(events(FinishedSplitsEvent.class)).isEmpty();
    }

    private static RecordFileSplit scan(RecordFileSplit file, long offset, long length) {
        return new RecordFileSplit(
                "scan-" + offset,
                file.path(),
                offset,
                length,
                RecordFileSplit.Kind.SCAN,
                file.identity(),
                RecordFilePosition.atOffset(offset),
                0,
                "");
    }

    // ------------------------------------------------------------------------ metrics, closing

    @Test
    void countsWhatItReads() throws Exception {
        try (FileFaults faults = FileFaults.create()) {
            root = faults.path(directory).toString();
            faults.blockReadsFrom(0);
            start(faulty(faults, lines("a", 0, 10)), faulty(faults, lines("b", 0, 10)));
            faults.awaitBlockedRead();
            assertThat(pendingBytes()).isEqualTo(40);

            faults.releaseReads();
            reader.notifyNoMoreSplits();
            pollToTheEnd();
        }

        assertThat(pendingBytes()).isZero();
        assertThat(counter(RecordFileMetric.FILES_OPENED)).isEqualTo(2);
        assertThat(counter(RecordFileMetric.FILES_FINISHED)).isEqualTo(2);
        assertThat(counter(RecordFileMetric.FILES_FAILED)).isZero();
    }

    private long pendingBytes() {
        return metrics.<Long>getGauge("pendingBytes").orElseThrow().getValue();
    }

    /** The same split on a file system with faults. */
    private RecordFileSplit faulty(FileFaults faults, RecordFileSplit local) {
        return new RecordFileSplit(
                local.splitId(),
                faults.path(directory.resolve(local.splitId())),
                0,
                local.length(),
                RecordFileSplit.Kind.READ,
                local.identity(),
                RecordFilePosition.START,
                0,
                "");
    }

    private long counter(RecordFileMetric metric) {
        return metrics.getCounter(metric.qualifiedName().split("\\.")).orElseThrow().getCount();
    }

    @Test
    void closesWhileTheFileSystemBlocks() throws Exception {
        try (FileFaults faults = FileFaults.create()) {
            root = faults.path(directory).toString();
            faults.blockReadsFrom(1024);
            start(faulty(faults, lines("a", 0, 1000)));
            poll(260);
            faults.awaitBlockedRead();

            close();

            assertThat(faults.openStreams()).isZero();
        }
    }
}
