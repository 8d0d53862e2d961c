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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitSerializer;
import io.activedataflow.flink.connector.amps.source.split.StateReader;
import io.activedataflow.flink.connector.amps.source.split.StateWriter;
import io.activedataflow.flink.connector.amps.source.split.SubscriptionModes;

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
 * <p>Version 1: mode (byte, see {@link SubscriptionModes}), flags (byte: 1 initial discovery done,
 * 2 sharded, 4 filtered), shards (int count, text expression; if flagged), filter (text; if
 * flagged), assigned splits (int count, then texts, sorted), version of the split serializer (int),
 * unassigned splits (int count, then int length and bytes of each). A text is an int length and
 * UTF-8. Big-endian.
 */
@Internal
public final class AmpsEnumStateSerializer implements SimpleVersionedSerializer<AmpsEnumState> {

    public static final AmpsEnumStateSerializer INSTANCE = new AmpsEnumStateSerializer();

    private static final int VERSION = 1;
    private static final String WHAT = "enumerator state";

    private static final int INITIAL_DISCOVERY_DONE = 1;
    private static final int SHARDED = 2;
    private static final int FILTERED = 4;
    private static final int ALL_FLAGS = INITIAL_DISCOVERY_DONE | SHARDED | FILTERED;

    private AmpsEnumStateSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(AmpsEnumState state) throws IOException {
        AmpsSplitSerializer splits = AmpsSplitSerializer.INSTANCE;
        AmpsSharding sharding = state.sharding();
        StateWriter out = new StateWriter();
        out.writeByte(SubscriptionModes.of(state.kind()));
        out.writeByte(
                (state.initialDiscoveryDone() ? INITIAL_DISCOVERY_DONE : 0)
                        | (sharding.expression() != null ? SHARDED : 0)
                        | (state.filter() != null ? FILTERED : 0));
        if (sharding.expression() != null) {
            out.writeInt(sharding.count());
            out.writeText(sharding.expression());
        }
        if (state.filter() != null) {
            out.writeText(state.filter());
        }
        out.writeInt(state.assignedSplitIds().size());
        for (String id : new TreeSet<>(state.assignedSplitIds())) {
            out.writeText(id);
        }
        out.writeInt(splits.getVersion());
        out.writeInt(state.unassignedSplits().size());
        for (AmpsSplit split : state.unassignedSplits()) {
            out.writeBytes(splits.serialize(split));
        }
        return out.toByteArray();
    }

    @Override
    public AmpsEnumState deserialize(int version, byte[] serialized) throws IOException {
        StateReader in = new StateReader(WHAT, serialized);
        in.requireVersion(version, VERSION);
        AmpsSubscriptionKind kind = SubscriptionModes.read(in, WHAT);
        int flags = in.readByte();
        if ((flags & ~ALL_FLAGS) != 0) {
            throw in.corrupt("flags " + flags);
        }
        AmpsSharding sharding = (flags & SHARDED) == 0 ? AmpsSharding.NONE : readSharding(in);
        String filter = (flags & FILTERED) == 0 ? null : in.readText();
        Set<String> assigned = readAssigned(in);
        List<AmpsSplit> unassigned = readUnassigned(in);
        in.requireEnd();
        boolean done = (flags & INITIAL_DISCOVERY_DONE) != 0;
        return new AmpsEnumState(kind, sharding, filter, done, assigned, unassigned);
    }

    private static AmpsSharding readSharding(StateReader in) throws IOException {
        try {
            return new AmpsSharding(in.readInt(), in.readText());
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
    }

    private static Set<String> readAssigned(StateReader in) throws IOException {
        Set<String> ids = new HashSet<>();
        for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
            ids.add(in.readText());
        }
        return ids;
    }

    private static List<AmpsSplit> readUnassigned(StateReader in) throws IOException {
        int splitVersion = in.readInt();
        List<AmpsSplit> splits = new ArrayList<>();
        for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
            splits.add(AmpsSplitSerializer.INSTANCE.deserialize(splitVersion, in.readBytes()));
        }
        return splits;
    }
}
