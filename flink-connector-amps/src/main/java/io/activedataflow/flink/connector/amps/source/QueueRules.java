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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;

import java.util.List;

/** What goes together with queues. */
@Internal
final class QueueRules {

    private static final String NO_LOG = "has no positions";

    private static final List<ConfigOption<?>> OPTIONS =
            List.of(
                    AmpsSourceOptions.QUEUE_MAX_BACKLOG,
                    AmpsSourceOptions.QUEUE_SUBSCRIPTIONS,
                    AmpsSourceOptions.QUEUE_ACK_BATCH_SIZE,
                    AmpsSourceOptions.QUEUE_STALL_TIMEOUT);

    private QueueRules() {}

    /** What only queues have a use for. */
    static void addMisplaced(KindProblems other) {
        other.addMisplaced(
                OPTIONS.stream().anyMatch(other.described().options::contains),
                "setQueueOptions",
                "AmpsSubscriptionKind.QUEUE");
    }

    static void addProblems(SourceDescription<?> described, List<String> problems) {
        KindProblems queue = new KindProblems(described, "a queue", "", problems);
        if (described.selection instanceof AmpsTopicPattern) {
            queue.add(
                    "A pattern of topics",
                    "is acknowledged by its name. Use setTopics or setDiscoveredTopics");
        }
        if (described.start != null) {
            queue.add(
                    "The start position '" + described.start + "'",
                    "delivers what nobody has acknowledged yet. Remove setStartPosition");
        }
        if (described.stop.isBounded()) {
            queue.add(
                    "The stop position '" + described.stop + "'", "has no end. Remove setBounded");
        }
        if (described.sharding.count() > 1) {
            queue.add(
                    "Sharding",
                    "gives each message to one of the subscriptions that compete. Remove it, and"
                            + " set their number with AmpsQueueOptions.withSubscriptions");
        }
        if (!described.positionOverrides.isEmpty()) {
            queue.add("A position by hand", NO_LOG + ". Remove setPositionOverrides");
        }
        queue.addIfSet(AmpsSourceOptions.ON_DATA_LOSS, "setOnDataLoss", NO_LOG);
        queue.addIfSet(AmpsSourceOptions.FAILOVER_OVERLAP, "setFailoverOverlap", NO_LOG);
        queue.addIfSet(
                AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST, "setPublishersKeepAtLeast", NO_LOG);
        queue.addIfSet(AmpsSourceOptions.PUBLISHERS_KEEP_FOR, "setPublishersKeepFor", NO_LOG);
        SnapshotRules.addMisplaced(queue);
        SnapshotRules.addMisplacedUpdates(queue);
    }
}
