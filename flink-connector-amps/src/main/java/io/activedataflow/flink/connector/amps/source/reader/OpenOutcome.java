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

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.reader.ConnectionWorkers.OpenSubscription;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** What has become of an {@link OpenAttempt}. */
@Internal
sealed interface OpenOutcome {

    /**
     * The subscription is accepted, and messages may already be in the buffer.
     *
     * @param newEnd the end as taken from this server's log, or null if it is the one known
     */
    record Opened(OpenSubscription subscription, ReplayOpening opening, @Nullable ReplayEnd newEnd)
            implements OpenOutcome {}

    /** The position is not in the server's log any more. */
    record Lost(DataLoss loss) implements OpenOutcome {}

    /**
     * The server, another one than the position comes from, knows none of the bookmarks, but its
     * log reaches back to the time of the last message: it has not got that far yet.
     */
    record Behind() implements OpenOutcome {}

    /** It did not work. */
    record Failed(AmpsException reason) implements OpenOutcome {}
}
