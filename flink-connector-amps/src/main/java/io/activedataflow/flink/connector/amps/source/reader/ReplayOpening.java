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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;

import org.apache.flink.annotation.Internal;

/**
 * How a split is opened on a server.
 *
 * @param command what to send
 * @param from where the replay begins, which decides how its first message is looked at
 */
@Internal
record ReplayOpening(AmpsSubscribeCommand command, From from) {

    /** What the start of a replay is taken from. */
    enum From {
        /** No replay: what is published from now on. */
        NOWHERE,
        /** No replay, but the records of the state of the world, which updates may follow. */
        QUERY,
        /** The start of the split; nothing was received yet. */
        START,
        /** The last bookmark, on the server it was received from: exact. */
        BOOKMARK,
        /** The last bookmarks of all publishers, on a server with an order of its own. */
        PUBLISHERS,
        /** A time before the last message, on a server with an order of its own. */
        TIME
    }
}
