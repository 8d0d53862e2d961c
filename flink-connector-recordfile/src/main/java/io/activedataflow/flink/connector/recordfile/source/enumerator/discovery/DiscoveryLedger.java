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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.RootMemory.Recall;

import org.apache.flink.annotation.Internal;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which files have been handed out, and says of each listing which are to be. Pure: it asks
 * no file system and has no clock of its own. Not thread-safe.
 */
@Internal
final class DiscoveryLedger {

    private final FileDiscoverySettings settings;
    private final RootMemories memories;
    private final RenameCheck renames;
    private final CompletenessCheck completeness;
    private WeakReference<FileListing> lastListing = new WeakReference<>(null);

    /** A file that is to be read sooner or later, and why. */
    private record Candidate(ListedFile file, RootMemory memory, Recall recall) {}

    /**
     * @param state {@link DiscoveryState#EMPTY} for a new job
     */
    DiscoveryLedger(FileDiscoverySettings settings, DiscoveryState state) {
        this.settings = settings;
        this.memories =
                new RootMemories(
                        settings.mode(),
                        settings.completeness().stableListings() - 1,
                        settings.contentIdentity(),
                        state);
        this.renames = new RenameCheck(memories);
        this.completeness = new CompletenessCheck(settings.completeness());
    }

    /**
     * Takes note of a listing. The same one can be applied again, to get more of what was over the
     * limits.
     */
    DiscoveryRound apply(FileListing listing, long nowMillis) {
        memories.addRoots(listing.roots());
        boolean again = lastListing.refersTo(listing);
        lastListing = new WeakReference<>(listing);
        Round round = new Round(again, nowMillis);
        List<ListedFile> files = accepted(listing.files(), nowMillis);
        Set<PathHash> undecided = Set.of();
        if (settings.contentIdentity()) {
            RenameCheck.Result result = renames.check(files, again, nowMillis);
            round.renamed.putAll(result.renamed());
            undecided = result.undecided();
        }
        for (ListedFile file : files) {
            round.classify(file, undecided.contains(file.hash()));
        }
        round.takeWithinLimits();
        boolean settling = !undecided.isEmpty() || completeness.isSettling();
        completeness.endRound();
        long unaccounted = round.end(listing);
        return new DiscoveryRound(
                round.toRead,
                round.late,
                round.changed,
                round.renamed,
                files.size(),
                round.incomplete,
                settling,
                round.overLimit,
                unaccounted);
    }

    DiscoveryState snapshot() {
        Map<String, RootState> roots = new LinkedHashMap<>();
        memories.byRoot().forEach((root, memory) -> roots.put(root, memory.snapshot()));
        return new DiscoveryState(settings.contentIdentity(), roots);
    }

    private List<ListedFile> accepted(List<ListedFile> files, long nowMillis) {
        return files.stream()
                .filter(
                        file ->
                                settings.selection()
                                        .accepts(file.size(), file.modificationTime(), nowMillis))
                .toList();
    }

    private static Comparator<Candidate> by(RecordFileOrder order) {
        Comparator<Candidate> byPath =
                Comparator.comparing(candidate -> candidate.file().pathText());
        return switch (order) {
            case NAME -> byPath;
            case MODIFICATION_TIME ->
                    Comparator.<Candidate>comparingLong(
                                    candidate -> candidate.file().modificationTime())
                            .thenComparing(byPath);
            case SIZE ->
                    Comparator.<Candidate>comparingLong(candidate -> candidate.file().size())
                            .thenComparing(byPath);
        };
    }

    /** What one listing comes to. */
    private final class Round {

        private final boolean again;
        private final long nowMillis;
        private final List<Candidate> ready = new ArrayList<>();
        private final Map<RootMemory, List<ListedFile>> listed = new HashMap<>();
        private final Map<RootMemory, List<ListedFile>> unsettled = new HashMap<>();
        private final List<ListedFile> toRead = new ArrayList<>();
        private final List<ListedFile> late = new ArrayList<>();
        private final List<ListedFile> changed = new ArrayList<>();
        private final Map<PathHash, ListedFile> renamed = new HashMap<>();
        private final List<ListedFile> incomplete = new ArrayList<>();
        private int overLimit;

        private Round(boolean again, long nowMillis) {
            this.again = again;
            this.nowMillis = nowMillis;
        }

        /** Says what is to be done with a file. */
        private void classify(ListedFile file, boolean undecided) {
            RootMemory memory = memories.of(file);
            listed.computeIfAbsent(memory, unused -> new ArrayList<>()).add(file);
            Recall recall = memory.recall(file, nowMillis);
            if (recall == Recall.CHANGED && settings.bounded()) {
                // The reader that opens it goes by the policy; what it takes as it is, or reads
                // anew, must not be handed out twice.
                memory.settle(file, nowMillis);
                return;
            }
            boolean unwanted =
                    recall == Recall.LATE && settings.late() != RecordFileLatePolicy.READ;
            if (recall == Recall.CHANGED && settings.changed() != RecordFileChangePolicy.RESTART) {
                changed.add(file);
                memory.settle(file, nowMillis);
                return;
            }
            if (recall == Recall.KNOWN) {
                return;
            }
            if (undecided || !completeness.isComplete(file, again, nowMillis) && !unwanted) {
                incomplete.add(file);
                // What is unwanted must be found to be late again.
                if (!unwanted) {
                    leave(file, memory);
                }
            } else if (unwanted) {
                memory.settle(file, nowMillis);
            } else {
                ready.add(new Candidate(file, memory, recall));
            }
            if (recall == Recall.LATE && !undecided) {
                late.add(file);
            }
        }

        private void takeWithinLimits() {
            ready.sort(by(settings.order()));
            long bytes = 0;
            boolean full = false;
            for (Candidate candidate : ready) {
                ListedFile file = candidate.file();
                full |=
                        toRead.size() >= settings.maxFilesPerRound()
                                || !toRead.isEmpty()
                                        && file.size() > settings.maxBytesPerRound() - bytes;
                if (full) {
                    overLimit++;
                    candidate.memory().hold(file);
                    leave(file, candidate.memory());
                } else {
                    bytes += file.size();
                    take(candidate);
                }
            }
        }

        private void take(Candidate candidate) {
            ListedFile file = candidate.file();
            candidate.memory().settle(file, nowMillis);
            toRead.add(file);
            if (candidate.recall() == Recall.CHANGED) {
                changed.add(file);
            }
        }

        private void leave(ListedFile file, RootMemory memory) {
            unsettled.computeIfAbsent(memory, unused -> new ArrayList<>()).add(file);
        }

        /** Closes the round, and returns how many old files are not accounted for. */
        private long end(FileListing listing) {
            Set<String> lookedAt = new HashSet<>();
            for (String root : listing.roots()) {
                if (!listing.missingRoots().contains(root)) {
                    lookedAt.add(RootMemories.withoutSlash(root));
                }
            }
            long unaccounted = 0;
            for (Map.Entry<String, RootMemory> root : memories.byRoot().entrySet()) {
                RootMemory memory = root.getValue();
                if (listed.containsKey(memory)
                        || RootMemories.nearest(root.getKey(), lookedAt) != null) {
                    memory.endRound(
                            listed.getOrDefault(memory, List.of()),
                            unsettled.getOrDefault(memory, List.of()),
                            nowMillis);
                    unaccounted += memory.takeUnaccounted();
                }
            }
            return unaccounted;
        }
    }
}
