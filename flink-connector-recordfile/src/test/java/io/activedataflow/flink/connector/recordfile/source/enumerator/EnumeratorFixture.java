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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.client.ExponentialBackoff;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDistribution;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSplitSettings;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscoveries;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscovery;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscoverySettings;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileListing;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.ListedFile;
import io.activedataflow.flink.connector.recordfile.source.split.FinishedSplitsEvent;
import io.activedataflow.flink.connector.recordfile.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RestoredSplitsEvent;

import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An enumerator to be, with the files and everything else around it. */
final class EnumeratorFixture {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    final ManualPause pause = new ManualPause();
    final Map<String, ListedFile> files = new TreeMap<>();
    FakeCoordinator coordinator = new FakeCoordinator(2);

    boolean bounded = true;
    boolean contentIdentity;
    RecordFileSelection selection = RecordFileSelection.of("/data");
    RecordFileDistribution distribution = RecordFileDistribution.pull();
    RecordFileSplitting splitting = RecordFileSplitting.NEVER;
    RecordFileChangePolicy changed = RecordFileChangePolicy.FAIL;
    RecordFileDiscoveryMode mode = RecordFileDiscoveryMode.full();
    RecordFileCompleteness completeness = RecordFileCompleteness.atOnce();
    FileSplitAssigner.Provider splitAssigner;
    PositionOverrides overrides = PositionOverrides.NONE;
    long smallestPart = 75;
    int maxFilesPerRound = Integer.MAX_VALUE;
    IOException listingError;
    int listings;

    EnumeratorFixture(String... names) {
        add(names);
    }

    EnumeratorFixture continuous() {
        bounded = false;
        return this;
    }

    EnumeratorFixture keyedByFirstLetter() {
        distribution = RecordFileDistribution.byName("^.");
        return this;
    }

    EnumeratorFixture parallelism(int parallelism) {
        coordinator = new FakeCoordinator(parallelism);
        return this;
    }

    /** Files of 10 bytes. */
    EnumeratorFixture add(String... names) {
        for (String name : names) {
            addSized(name, 10);
        }
        return this;
    }

    EnumeratorFixture addSized(String name, long size) {
        files.put(name, ListedFile.of(new Path("/data/" + name), size, 1000));
        return this;
    }

    /** A file that is recognised by its content. */
    EnumeratorFixture addWithContent(String name, long size, long content) {
        addSized(name, size);
        files.computeIfPresent(name, (n, file) -> FileDiscoveries.withContent(file, content));
        contentIdentity = true;
        return this;
    }

    EnumeratorFixture rename(String name, String newName) {
        ListedFile file = files.remove(name);
        return addWithContent(newName, file.size(), file.contentHash());
    }

    private FileListing list() throws IOException {
        listings++;
        if (listingError != null) {
            throw listingError;
        }
        return new FileListing(new ArrayList<>(files.values()), Set.of("/data"), Set.of());
    }

    RecordFileEnumeratorSettings settings() {
        FileDiscoverySettings discovery =
                new FileDiscoverySettings(
                        bounded,
                        selection,
                        mode,
                        RecordFileOrder.NAME,
                        completeness,
                        RecordFileLatePolicy.READ,
                        changed,
                        contentIdentity,
                        maxFilesPerRound,
                        Long.MAX_VALUE,
                        INTERVAL,
                        INTERVAL,
                        new FileRetrySettings(
                                new ExponentialBackoff(INTERVAL, INTERVAL, 0),
                                Duration.ofSeconds(30)));
        return new RecordFileEnumeratorSettings(
                discovery,
                distribution,
                new FileCutting(
                        splitting,
                        true,
                        "it is a test.",
                        new RecordFileSplitSettings(
                                new MemorySize(100), new MemorySize(smallestPart))),
                null,
                splitAssigner,
                overrides);
    }

    FileDiscovery discovery(DiscoveryState state) {
        return FileDiscoveries.of(settings().discoveryInRounds(), this::list, state);
    }

    RecordFileSourceEnumerator create(RecordFileEnumState state) {
        return new RecordFileSourceEnumerator(
                coordinator, settings(), state, pause, this::discovery);
    }

    /** The enumerator of a new job, which has not listed anything yet. */
    RecordFileSourceEnumerator started() {
        RecordFileSourceEnumerator enumerator = create(null);
        enumerator.start();
        return enumerator;
    }

    /** The enumerator of a new job after its first listing. */
    RecordFileSourceEnumerator listed() {
        RecordFileSourceEnumerator enumerator = started();
        coordinator.runNow();
        return enumerator;
    }

    /** The enumerator of a job that goes on from this state with another coordinator. */
    RecordFileSourceEnumerator restored(RecordFileEnumState state, int parallelism) {
        coordinator = new FakeCoordinator(parallelism);
        RecordFileSourceEnumerator enumerator = create(throughBytes(state));
        enumerator.start();
        return enumerator;
    }

    private static RecordFileEnumState throughBytes(RecordFileEnumState state) {
        RecordFileEnumStateSerializer serializer = RecordFileEnumStateSerializer.INSTANCE;
        try {
            return serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A reader comes with what it was restored with, and asks for work. */
    void come(RecordFileSourceEnumerator enumerator, int subtask, String... restoredIds) {
        coordinator.register(subtask, enumerator);
        enumerator.handleSourceEvent(subtask, new RestoredSplitsEvent(List.of(restoredIds)));
        enumerator.handleSplitRequest(subtask, null);
    }

    /** A reader has read a file, and asks for more work. */
    void finish(RecordFileSourceEnumerator enumerator, int subtask, String... names) {
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            ids.add(idOf(subtask, name));
        }
        enumerator.handleSourceEvent(subtask, new FinishedSplitsEvent(ids));
        enumerator.handleSplitRequest(subtask, null);
    }

    private String idOf(int subtask, String name) {
        return coordinator.assignedTo(subtask).stream()
                .filter(split -> Splits.name(split).equals(name))
                .map(RecordFileSplit::splitId)
                .findFirst()
                .orElseGet(() -> Splits.id(name));
    }

    /** How often a reader was told that there is nothing to read. */
    long toldThereIsNothing(int subtask) {
        return coordinator.getSentEvents().getOrDefault(subtask, List.of()).stream()
                .filter(NothingToReadEvent.class::isInstance)
                .count();
    }
}
