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

import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Query;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;

/** What the user decided about one kind of subscription, as far as readers are concerned. */
@Internal
public sealed interface KindOptions extends Serializable {

    /** There is nothing to decide. */
    KindOptions NONE = new None();

    /** See {@link #NONE}. */
    record None() implements KindOptions {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Of live subscriptions.
     *
     * @param outOfFocus whether to be told what is no longer in focus
     * @param deltas whether to be sent only what has changed
     */
    record Live(boolean outOfFocus, boolean deltas) implements KindOptions {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Of queues.
     *
     * @param maxBacklog how many messages each subscription asks to have leased at a time
     * @param ackBatchSize how many messages are acknowledged with one command
     * @param stallTimeout how long to wait for a checkpoint where nothing more is leased
     */
    record Queue(int maxBacklog, int ackBatchSize, Duration stallTimeout) implements KindOptions {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Of queries of the state of the world.
     *
     * @param orderBy the order of the records, or null
     * @param topN how many records at most, or {@link Query#ALL}
     * @param batchSize how many records the server puts into one frame
     * @param outOfFocus whether to be told what is no longer in focus
     * @param trackKeys whether to remember what is in focus
     * @param deltas whether to be sent only what has changed
     */
    record Snapshot(
            @Nullable String orderBy,
            int topN,
            int batchSize,
            boolean outOfFocus,
            boolean trackKeys,
            boolean deltas)
            implements KindOptions {

        private static final long serialVersionUID = 1L;

        boolean isLimited() {
            return topN != Query.ALL;
        }
    }
}
