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
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileSourceReaderMetrics;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A split reader over fake inputs, fetched from as Flink does, and what came out of it. */
final class SplitReaderHarness implements AutoCloseable {

    static final int CAPACITY = 2;

    final FakeInputs inputs = new FakeInputs();
    final SplitOutcome.Board outcomes = new SplitOutcome.Board();
    final PendingBytes pendingBytes = new PendingBytes();

    /** Records as {@code split:record}, and {@code split!} where a split has ended. */
    final List<String> seen = new ArrayList<>();

    /** The splits as they were opened, as the task learns of it. */
    final List<RecordFileSplit> opened = new ArrayList<>();

    final List<Long> bytes = new ArrayList<>();
    RecordFileIdentity currentIdentity;
    final RecordFileSplitReader<String> reader;

    SplitReaderHarness() {
        this(RecordFileChangePolicy.FAIL, false, () -> {}, Duration.ofSeconds(30));
    }

    SplitReaderHarness(
            RecordFileChangePolicy policy,
            boolean continuous,
            Runnable abort,
            Duration closePatience) {
        HandOver<String> handOver = new HandOver<>(CAPACITY, false, this::batchEntered);
        RecordFileSourceReaderMetrics metrics =
                new RecordFileSourceReaderMetrics(
                        InternalSourceReaderMetricGroup.mock(
                                UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup()));
        reader =
                new RecordFileSplitReader<>(
                        handOver,
                        new SplitWorker<>(
                                inputs,
                                new ChangedFiles(
                                        policy,
                                        continuous,
                                        path -> currentIdentity,
                                        outcomes,
                                        metrics),
                                handOver,
                                new ReaderProgress(pendingBytes, metrics)),
                        abort,
                        "test",
                        closePatience);
    }

    private void batchEntered(String splitId, long batchBytes, RecordFileSplit openedSplit) {
        bytes.add(batchBytes);
        if (openedSplit != null) {
            opened.add(openedSplit);
        }
    }

    void add(String... splitIds) {
        for (String splitId : splitIds) {
            add(TestSplits.file(splitId));
        }
    }

    void add(RecordFileSplit split) {
        pendingBytes.assigned(split);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    }

    void pause(String... splitIds) {
        reader.pauseOrResumeSplits(splits(splitIds), List.of());
    }

    void resume(String... splitIds) {
        reader.pauseOrResumeSplits(List.of(), splits(splitIds));
    }

    private static List<RecordFileSplit> splits(String... splitIds) {
        return List.of(splitIds).stream().map(TestSplits::file).toList();
    }

    /** Fetches once and returns what came, as {@link #seen} says it. */
    List<String> fetch() throws IOException {
        List<String> fetched = new ArrayList<>();
        RecordsWithSplitIds<String> batch = reader.fetch();
        String splitId;
        while ((splitId = batch.nextSplit()) != null) {
            String record;
            while ((record = batch.nextRecordFromSplit()) != null) {
                fetched.add(splitId + ':' + record);
            }
        }
        batch.finishedSplits().forEach(finished -> fetched.add(finished + '!'));
        batch.recycle();
        seen.addAll(fetched);
        return fetched;
    }

    /** Fetches until something has been seen. */
    void fetchUntil(String last) throws IOException, InterruptedException {
        while (!seen.contains(last)) {
            fetch();
            if (Thread.interrupted()) {
                throw new InterruptedException("Waiting for " + last + "; there was " + seen);
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
