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

import org.apache.flink.api.connector.source.SourceReaderContext;

import redis.clients.jedis.StreamEntryID;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Remembers what was emitted before each checkpoint, and has it acknowledged when the checkpoint
 * completes. Task thread.
 */
@SuppressWarnings("try") // Flink declares close() to throw any Exception.
final class GroupReader<T> extends StreamReader<T> {

    private final Acknowledger acknowledger;
    private final Emitted emitted;
    private final SortedMap<Long, List<StreamEntryID>> covered = new TreeMap<>();

    GroupReader(
            Supplier<JedisSplitReader> splitReaders,
            EntryConverter<T> converter,
            Acknowledger acknowledger,
            SourceReaderContext context) {
        this(splitReaders, converter, acknowledger, context, new Emitted());
    }

    private GroupReader(
            Supplier<JedisSplitReader> splitReaders,
            EntryConverter<T> converter,
            Acknowledger acknowledger,
            SourceReaderContext context,
            Emitted emitted) {
        super(splitReaders, emitted.remembering(new EntryEmitter<>(converter)), context);
        this.acknowledger = acknowledger;
        this.emitted = emitted;
    }

    @Override
    public List<StreamSplit> snapshotState(long checkpointId) {
        covered.put(checkpointId, emitted.take());
        return super.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        SortedMap<Long, List<StreamEntryID>> complete = covered.headMap(checkpointId + 1);
        acknowledger.acknowledge(new ArrayList<>(complete.values()));
        complete.clear();
    }

    @Override
    public void close() throws Exception {
        super.close();
        acknowledger.close();
    }
}
