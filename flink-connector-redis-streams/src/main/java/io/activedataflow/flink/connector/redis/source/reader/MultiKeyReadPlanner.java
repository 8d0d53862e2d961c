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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.client.StreamReadPosition;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Asks for all streams of a node with one blocking {@code XREAD}, which answers as soon as any of
 * them has an entry. Where entries are so large that one of each stream would make too large a
 * reply, the streams take turns until all of them have run dry.
 */
@Internal
final class MultiKeyReadPlanner implements ReadPlanner {

    private static final int DO_NOT_BLOCK = -1;

    private final int blockMillis;

    MultiKeyReadPlanner(int blockMillis) {
        this.blockMillis = blockMillis;
    }

    @Override
    public void send(NodeChannel channel, Collection<SplitProgress> splits, long nowNanos) {
        List<SplitProgress> readable = new ArrayList<>(splits.size());
        for (SplitProgress split : splits) {
            if (channel.node().equals(split.node()) && split.isReadable(nowNanos)) {
                readable.add(split);
            }
        }
        int all = readable.size();
        if (all == 0) {
            return;
        }
        int turn = Math.min(all, channel.sizer().maxStreams());
        if (turn < all && channel.dryStreams() < all) {
            int from = Math.floorMod(channel.rotate(turn), all);
            List<SplitProgress> some = new ArrayList<>(turn);
            for (int i = 0; i < turn; i++) {
                some.add(readable.get((from + i) % all));
            }
            send(channel, some, 1, DO_NOT_BLOCK);
        } else {
            int busy = ReadPlanner.expectedBusy(all, channel.busyStreams());
            send(channel, readable, channel.sizer().countPerStream(busy), blockMillis);
        }
    }

    private static void send(
            NodeChannel channel, List<SplitProgress> splits, int count, int blockMillis) {
        List<StreamReadPosition> streams = new ArrayList<>(splits.size());
        for (SplitProgress split : splits) {
            split.setInFlightOn(channel.node());
            streams.add(split.position());
        }
        channel.send(streams, count, blockMillis, false);
    }
}
