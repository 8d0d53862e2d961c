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

import java.util.Collection;

/** Decides what to ask a node for next. Fetcher thread only. */
@Internal
interface ReadPlanner {

    /** At least this share of the streams of a node is expected to be busy at any time. */
    int EXPECTED_BUSY_FRACTION = 8;

    /**
     * Sends the next requests for those splits that are on the channel's node and may be read;
     * sends nothing if there are none.
     */
    void send(NodeChannel channel, Collection<SplitProgress> splits, long nowNanos);

    /** How many of so many streams to expect entries of, after a reply with entries of some. */
    static int expectedBusy(int streams, int busyInLastReply) {
        int floor = (streams + EXPECTED_BUSY_FRACTION - 1) / EXPECTED_BUSY_FRACTION;
        return Math.min(streams, Math.max(busyInLastReply, floor));
    }
}
