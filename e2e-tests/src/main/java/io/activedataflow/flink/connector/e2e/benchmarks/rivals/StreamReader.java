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
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

import redis.clients.jedis.resps.StreamEntryBinary;

import java.util.Map;
import java.util.function.Supplier;

/** A reader with a fetcher thread, and the bookmark as its state. */
@SuppressWarnings("try") // Flink declares close() to throw any Exception.
class StreamReader<T>
        extends SingleThreadMultiplexSourceReaderBase<
                StreamEntryBinary, T, StreamSplit, StreamSplit.State> {

    StreamReader(
            Supplier<JedisSplitReader> splitReaders,
            RecordEmitter<StreamEntryBinary, T, StreamSplit.State> emitter,
            SourceReaderContext context) {
        super(splitReaders::get, emitter, context.getConfiguration(), context);
    }

    @Override
    protected void onSplitFinished(Map<String, StreamSplit.State> finished) {}

    @Override
    protected StreamSplit.State initializedState(StreamSplit split) {
        return new StreamSplit.State(split);
    }

    @Override
    protected StreamSplit toSplitType(String splitId, StreamSplit.State state) {
        return state.toSplit();
    }
}
