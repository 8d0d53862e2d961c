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

import org.apache.flink.annotation.Internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files of one root have been dealt with: those that are listed, by an entry each, and others
 * by the side of the horizon that they are on. Pure, and not thread-safe.
 */
@Internal
final class RootMemory {

    /** What is known about a listed file. */
    enum Recall {
        /** It has been dealt with. */
        KNOWN,
        /** It has been dealt with, and has another content now. */
        CHANGED,
        /** It is new. */
        NEW,
        /** It is new, but should have come before. */
        LATE,
        /** It was new before, and the line has passed it since. */
        STILL_WAITING
    }

    /** Where the content of a restored entry was told by other means than it is now. */
    private static final long ANY_CONTENT = 0L;

    private final FileTable files;
    private final Horizon horizon;
    private final long restoredOldFiles;
    private Set<PathHash> waiting;
    private boolean unlistedSinceRestore;
    private int listingsToConfirm;
    private long foundOldFiles;
    private long oldFiles;

    private RootMemory(
            FileTable files,
            Horizon horizon,
            List<PathHash> waiting,
            long oldFiles,
            boolean old,
            int listingsToConfirm) {
        this.files = files;
        this.horizon = horizon;
        this.waiting = new HashSet<>(waiting);
        this.restoredOldFiles = oldFiles;
        this.oldFiles = oldFiles;
        this.unlistedSinceRestore = old;
        this.listingsToConfirm = listingsToConfirm;
    }

    /**
     * The memory of a root that was never listed.
     *
     * @param listingsToConfirm in how many listings no file of the root can be complete yet. There
     *     may be millions, and each of them would have to be remembered if the line passed it.
     */
    static RootMemory create(Horizon horizon, int listingsToConfirm) {
        return new RootMemory(new FileTable(), horizon, List.of(), 0L, false, listingsToConfirm);
    }

    static RootMemory restored(FileTable files, Horizon horizon, RootState state) {
        return new RootMemory(files, horizon, state.waiting(), state.oldFiles(), true, 0);
    }

    FileTable files() {
        return files;
    }

    /** Takes note of a listed file, and says what is known about it. */
    Recall recall(ListedFile file, long nowMillis) {
        horizon.seen(file, nowMillis);
        int index = files.find(file.hash());
        if (index != FileTable.ABSENT) {
            if (!hasContent(index, file)) {
                files.setListed(index, nowMillis);
                return Recall.CHANGED;
            }
            files.update(index, file.modificationTime(), file.contentHash(), nowMillis);
            return Recall.KNOWN;
        }
        if (!horizon.isBehind(file)) {
            return Recall.NEW;
        }
        if (waiting.contains(file.hash())) {
            return Recall.STILL_WAITING;
        }
        if (unlistedSinceRestore) {
            foundOldFiles++;
            settle(file, nowMillis);
            return Recall.KNOWN;
        }
        return Recall.LATE;
    }

    /** Whether the file has an entry, and the content that it had then. */
    boolean hasSettled(ListedFile file) {
        int index = files.find(file.hash());
        return index != FileTable.ABSENT && hasContent(index, file);
    }

    private boolean hasContent(int index, ListedFile file) {
        long content = files.content(index);
        return content == file.contentHash() || content == ANY_CONTENT;
    }

    /** Takes note of a file that needs no more attention unless it changes. */
    void settle(ListedFile file, long nowMillis) {
        files.put(file.hash(), file.modificationTime(), file.contentHash(), nowMillis);
        horizon.settled(file);
    }

    /** Takes note of paths whose files have other names now. */
    void forget(Set<PathHash> paths) {
        files.retain(index -> !paths.contains(files.hash(index)));
        paths.forEach(horizon::forget);
    }

    /** Takes note of a file that is ready, but has to wait for the next round. */
    void hold(ListedFile file) {
        horizon.hold(file);
    }

    /**
     * Ends a round in which the root was listed.
     *
     * @param listed the files of this root
     * @param unsettled those of them that are left for later
     */
    void endRound(List<ListedFile> listed, List<ListedFile> unsettled, long nowMillis) {
        if (listingsToConfirm > 0) {
            listingsToConfirm--;
        } else {
            horizon.advance();
        }
        waiting = new HashSet<>();
        for (ListedFile file : unsettled) {
            if (horizon.isBehind(file)) {
                waiting.add(file.hash());
            }
        }
        long settledBehind = -waiting.size();
        for (ListedFile file : listed) {
            settledBehind += horizon.isBehind(file) ? 1 : 0;
        }
        oldFiles = settledBehind;
        unlistedSinceRestore = false;
        files.retain(
                index ->
                        nowMillis - files.listed(index) <= horizon.forgetAfterMillis()
                                || !horizon.mayForget(files, index));
    }

    /**
     * How many more files there were behind the line than when the checkpoint was made, at least.
     * Counts in the first round after a restore only.
     */
    long takeUnaccounted() {
        long found = foundOldFiles;
        foundOldFiles = 0;
        return Math.max(0L, found - restoredOldFiles);
    }

    RootState snapshot() {
        return new RootState(horizon.snapshot(files), List.copyOf(waiting), oldFiles);
    }
}
