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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises files by their content where their path is new. A listing is not made in one moment
 * and can hold a renamed file under both of its names. So a new file whose content is also at a
 * known path waits for the next round, and is another file if both are there again.
 */
@Internal
final class RenameCheck {

    private final RootMemories memories;
    private Set<PathHash> undecided = Set.of();

    /** A path whose file has been dealt with. */
    private record Owner(RootMemory memory, PathHash path) {}

    /**
     * What came out.
     *
     * @param renamed known files under new names, which are settled, by the paths they had
     * @param undecided new files that have to wait for the next round
     */
    record Result(Map<PathHash, ListedFile> renamed, Set<PathHash> undecided) {}

    RenameCheck(RootMemories memories) {
        this.memories = memories;
    }

    /**
     * @param again whether the listing is that of the round before
     */
    Result check(List<ListedFile> files, boolean again, long nowMillis) {
        List<ListedFile> unknown =
                files.stream()
                        // All empty files are alike, and reading one twice does no harm.
                        .filter(file -> file.size() > 0 && !isKnown(file))
                        .toList();
        Map<PathHash, ListedFile> renamed = new HashMap<>();
        Map<RootMemory, Set<PathHash>> left = new HashMap<>();
        Set<PathHash> open = new HashSet<>();
        if (!unknown.isEmpty()) {
            Map<PathHash, Long> listed = new HashMap<>();
            files.forEach(file -> listed.put(file.hash(), file.contentHash()));
            Map<Long, List<Owner>> allOwners = owners();
            for (ListedFile file : unknown) {
                List<Owner> owners = allOwners.getOrDefault(file.contentHash(), List.of());
                Optional<Owner> gone = gone(file.contentHash(), owners, listed);
                if (gone.isPresent()) {
                    owners.remove(gone.get());
                    left.computeIfAbsent(gone.get().memory(), unused -> new HashSet<>())
                            .add(gone.get().path());
                    renamed.put(gone.get().path(), file);
                } else if (!owners.isEmpty() && undecided.contains(file.hash()) == again) {
                    open.add(file.hash());
                }
            }
        }
        // A file can have taken the name that another has left.
        left.forEach(RootMemory::forget);
        renamed.values().forEach(file -> memories.of(file).settle(file, nowMillis));
        undecided = open;
        return new Result(renamed, open);
    }

    /** The known path with the same content that is gone, or has another file now. */
    private static Optional<Owner> gone(
            long content, List<Owner> owners, Map<PathHash, Long> listed) {
        return owners.stream()
                .filter(owner -> !Long.valueOf(content).equals(listed.get(owner.path())))
                .findFirst();
    }

    private boolean isKnown(ListedFile file) {
        return memories.of(file).hasSettled(file);
    }

    private Map<Long, List<Owner>> owners() {
        Map<Long, List<Owner>> owners = new HashMap<>();
        for (RootMemory memory : memories.all()) {
            FileTable files = memory.files();
            for (int i = 0; i < files.slots(); i++) {
                if (files.isUsed(i)) {
                    owners.computeIfAbsent(files.content(i), unused -> new ArrayList<>())
                            .add(new Owner(memory, files.hash(i)));
                }
            }
        }
        return owners;
    }
}
