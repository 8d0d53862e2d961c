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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplitSerializer;
import io.activedataflow.flink.connector.redis.source.split.StateReader;
import io.activedataflow.flink.connector.redis.source.split.StateWriter;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the enumerator's state into checkpoints.
 *
 * <p>Version 1: mode (byte, 0 = log), initial discovery done (byte, 0 or 1), assigned splits (int
 * count, then texts, sorted), version of the split serializer (int), unassigned splits (int count,
 * then int length and bytes of each). Big-endian.
 */
@Internal
public final class RedisStreamsEnumStateSerializer
        implements SimpleVersionedSerializer<RedisStreamsEnumState> {

    public static final RedisStreamsEnumStateSerializer INSTANCE =
            new RedisStreamsEnumStateSerializer();

    private static final int VERSION = 1;

    private RedisStreamsEnumStateSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RedisStreamsEnumState state) throws IOException {
        RedisStreamsSplitSerializer splits = RedisStreamsSplitSerializer.INSTANCE;
        StateWriter out = new StateWriter();
        out.writeByte(RedisStreamsSplitSerializer.MODE_LOG);
        out.writeByte(state.initialDiscoveryDone() ? 1 : 0);
        out.writeInt(state.assignedSplitIds().size());
        for (String id : new TreeSet<>(state.assignedSplitIds())) {
            out.writeText(id);
        }
        out.writeInt(splits.getVersion());
        out.writeInt(state.unassignedSplits().size());
        for (RedisStreamsSplit split : state.unassignedSplits()) {
            out.writeBytes(splits.serialize(split));
        }
        return out.toByteArray();
    }

    @Override
    public RedisStreamsEnumState deserialize(int version, byte[] serialized) throws IOException {
        StateReader in = new StateReader("enumerator state", serialized);
        in.requireVersion(version, VERSION);
        in.requireMode(RedisStreamsSplitSerializer.MODE_LOG);
        int done = in.readByte();
        if (done != 0 && done != 1) {
            throw in.corrupt("flag " + done);
        }
        Set<String> assigned = readAssigned(in);
        List<RedisStreamsSplit> unassigned = readUnassigned(in);
        in.requireEnd();
        return new RedisStreamsEnumState(done == 1, assigned, unassigned);
    }

    private static Set<String> readAssigned(StateReader in) throws IOException {
        Set<String> ids = new HashSet<>();
        for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
            ids.add(in.readText());
        }
        return ids;
    }

    private static List<RedisStreamsSplit> readUnassigned(StateReader in) throws IOException {
        int splitVersion = in.readInt();
        List<RedisStreamsSplit> splits = new ArrayList<>();
        for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
            splits.add(
                    RedisStreamsSplitSerializer.INSTANCE.deserialize(splitVersion, in.readBytes()));
        }
        return splits;
    }
}
