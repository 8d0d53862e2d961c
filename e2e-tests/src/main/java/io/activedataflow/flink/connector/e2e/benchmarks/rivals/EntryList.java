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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

import redis.clients.jedis.resps.StreamEntryBinary;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A reply on its way from the fetcher thread to the task thread. */
final class EntryList implements RecordsWithSplitIds<StreamEntryBinary> {

    private final String splitId;
    private final List<StreamEntryBinary> entries;
    private boolean entered;
    private int next;

    private EntryList(String splitId, List<StreamEntryBinary> entries) {
        this.splitId = splitId;
        this.entries = entries;
    }

    /**
     * @param reply null if nothing came in time
     */
    static EntryList of(
            String splitId, @Nullable List<Map.Entry<byte[], List<StreamEntryBinary>>> reply) {
        return new EntryList(
                splitId, reply == null || reply.isEmpty() ? List.of() : reply.get(0).getValue());
    }

    @Nullable
    StreamEntryBinary last() {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    @Nullable
    @Override
    public String nextSplit() {
        if (entered || entries.isEmpty()) {
            return null;
        }
        entered = true;
        return splitId;
    }

    @Nullable
    @Override
    public StreamEntryBinary nextRecordFromSplit() {
        return next < entries.size() ? entries.get(next++) : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return Set.of();
    }
}
