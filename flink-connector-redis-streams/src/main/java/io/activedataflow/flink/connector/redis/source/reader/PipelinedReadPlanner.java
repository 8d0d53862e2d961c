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

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Asks for each stream with an {@code XREAD} of its own, all of them in one go and none blocking:
 * in a cluster one command must not name streams of different hash slots, and one that blocks would
 * hold up those behind it. Streams that were empty are left out for a while by {@link
 * SplitSupervisor}.
 */
@Internal
final class PipelinedReadPlanner implements ReadPlanner {

    private static final int DO_NOT_BLOCK = -1;

    @Override
    public void send(NodeChannel channel, Collection<SplitProgress> splits, long nowNanos) {
        List<SplitProgress> own = new ArrayList<>();
        List<SplitProgress> asked = new ArrayList<>();
        for (SplitProgress split : splits) {
            if (split.isInFlight() || !split.isReadable(nowNanos)) {
                continue;
            }
            if (split.askNode() == null && channel.node().equals(split.node())) {
                own.add(split);
            } else if (channel.node().equals(split.askNode())) {
                asked.add(split);
            }
        }
        int count =
                channel.sizer()
                        .countPerStream(
                                ReadPlanner.expectedBusy(own.size(), channel.busyStreams()));
        own.forEach(split -> send(channel, split, count, false));
        for (SplitProgress split : asked) {
            split.setAskNode(null);
            send(channel, split, count, true);
        }
    }

    private static void send(NodeChannel channel, SplitProgress split, int count, boolean asking) {
        split.setInFlightOn(channel.node());
        channel.send(List.of(split.position()), count, DO_NOT_BLOCK, asking);
    }
}
