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

import org.apache.flink.connector.base.source.reader.RecordEmitter;

import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

import java.util.ArrayList;
import java.util.List;

/** The IDs emitted since the last checkpoint. Task thread. */
final class Emitted {

    private List<StreamEntryID> ids = new ArrayList<>();

    <T> RecordEmitter<StreamEntryBinary, T, StreamSplit.State> remembering(
            EntryEmitter<T> emitter) {
        return (entry, output, split) -> {
            emitter.emitRecord(entry, output, split);
            ids.add(entry.getID());
        };
    }

    List<StreamEntryID> take() {
        List<StreamEntryID> taken = ids;
        ids = new ArrayList<>(taken.size());
        return taken;
    }
}
