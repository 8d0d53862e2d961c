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

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In whatever order an assigner made for Flink's own file source decides. */
@Internal
final class AssignerSplitQueue implements SplitQueue {

    private final FileSplitAssigner assigner;

    /** What has been taken out by its ID is still in the assigner, and is left out later. */
    private final Set<String> ids = new HashSet<>();

    AssignerSplitQueue(FileSplitAssigner.Provider provider) {
        this.assigner = provider.create(new ArrayList<>());
    }

    @Override
    public void add(RecordFileSplit split) {
        if (ids.add(split.splitId())) {
            assigner.addSplits(List.of(split));
        }
    }

    @Override
    public void addBack(RecordFileSplit split) {
        add(split);
    }

    @Override
    public @Nullable RecordFileSplit next(@Nullable String host, long maxBytes) {
        if (maxBytes <= 0) {
            return null;
        }
        Optional<FileSourceSplit> next = assigner.getNext(host);
        while (next.isPresent()) {
            RecordFileSplit split = ours(next.get());
            if (ids.remove(split.splitId())) {
                return split;
            }
            next = assigner.getNext(host);
        }
        return null;
    }

    @Override
    public void remove(String splitId) {
        ids.remove(splitId);
    }

    @Override
    public boolean contains(String splitId) {
        return ids.contains(splitId);
    }

    @Override
    public int size() {
        return ids.size();
    }

    @Override
    public List<RecordFileSplit> content() {
        Map<String, RecordFileSplit> splits = new LinkedHashMap<>();
        for (FileSourceSplit split : assigner.remainingSplits()) {
            if (ids.contains(split.splitId())) {
                splits.put(split.splitId(), ours(split));
            }
        }
        return List.copyOf(splits.values());
    }

    private RecordFileSplit ours(FileSourceSplit split) {
        if (split instanceof RecordFileSplit ours) {
            return ours;
        }
        throw new IllegalStateException(
                "The split assigner "
                        + assigner.getClass().getName()
                        + " returned a "
                        + split.getClass().getName()
                        + " for "
                        + split.path()
                        + ". It has to return the splits that it was given.");
    }
}
