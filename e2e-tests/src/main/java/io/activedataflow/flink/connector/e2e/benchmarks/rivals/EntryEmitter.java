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

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

import java.io.IOException;

/** Emits an entry and moves the bookmark past it. Task thread. */
final class EntryEmitter<T> implements RecordEmitter<StreamEntryBinary, T, StreamSplit.State> {

    private final EntryConverter<T> converter;

    EntryEmitter(EntryConverter<T> converter) {
        this.converter = converter;
    }

    @Override
    public void emitRecord(StreamEntryBinary entry, SourceOutput<T> output, StreamSplit.State split)
            throws IOException {
        StreamEntryID id = entry.getID();
        output.collect(converter.convert(entry), id.getTime());
        split.advance(id.getTime(), id.getSequence());
    }
}
