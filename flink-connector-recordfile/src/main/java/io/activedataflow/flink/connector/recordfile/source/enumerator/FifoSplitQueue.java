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

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** First in, first out. What comes back comes first. */
@Internal
final class FifoSplitQueue implements SplitQueue {

    private final Map<String, RecordFileSplit> returned = new LinkedHashMap<>();
    private final Map<String, RecordFileSplit> fresh = new LinkedHashMap<>();

    @Override
    public void add(RecordFileSplit split) {
        if (!returned.containsKey(split.splitId())) {
            fresh.putIfAbsent(split.splitId(), split);
        }
    }

    @Override
    public void addBack(RecordFileSplit split) {
        if (!fresh.containsKey(split.splitId())) {
            returned.putIfAbsent(split.splitId(), split);
        }
    }

    @Override
    public @Nullable RecordFileSplit next(@Nullable String host, long maxBytes) {
        Map<String, RecordFileSplit> first = returned.isEmpty() ? fresh : returned;
        if (first.isEmpty()) {
            return null;
        }
        RecordFileSplit split = first.values().iterator().next();
        if (split.length() > maxBytes) {
            return null;
        }
        first.remove(split.splitId());
        return split;
    }

    @Override
    public void remove(String splitId) {
        returned.remove(splitId);
        fresh.remove(splitId);
    }

    @Override
    public boolean contains(String splitId) {
        return returned.containsKey(splitId) || fresh.containsKey(splitId);
    }

    @Override
    public int size() {
        return returned.size() + fresh.size();
    }

    @Override
    public List<RecordFileSplit> content() {
        List<RecordFileSplit> splits = new ArrayList<>(size());
        splits.addAll(returned.values());
        splits.addAll(fresh.values());
        return splits;
    }
}
