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

import java.util.List;

/** What goes together with queries of the state of the world. */
@Internal
final class SnapshotRules {

    private static final String SNAPSHOT_KINDS =
            "AmpsSubscriptionKind.SOW or AmpsSubscriptionKind.SOW_AND_SUBSCRIBE";
    private static final String FOLLOWED = "AmpsSubscriptionKind.SOW_AND_SUBSCRIBE";
    private static final String NO_KEYS = "no_sowkey";

    private final SourceDescription<?> described;
    private final KindProblems kind;
    private final List<String> problems;

    private SnapshotRules(KindProblems kind) {
        this.described = kind.described();
        this.kind = kind;
        this.problems = kind.problems();
    }

    /** What only queries of the state of the world have a use for. */
    static void addMisplaced(KindProblems other) {
        SourceDescription<?> described = other.described();
        other.addMisplaced(described.orderBy != null, "setOrderBy", SNAPSHOT_KINDS);
        other.addMisplaced(described.topN != SourceDescription.ALL, "setTopN", SNAPSHOT_KINDS);
        other.addMisplaced(
                described.options.contains(AmpsSourceOptions.SOW_BATCH_SIZE),
                "setBatchSize",
                SNAPSHOT_KINDS);
        other.addMisplaced(described.sharding.isBySowKey(), "shardBySowKey", SNAPSHOT_KINDS);
        other.addMisplaced(described.trackKeys, "setTrackKeys", FOLLOWED);
    }

    /** What only subscriptions to what is published now have a use for. */
    static void addMisplacedUpdates(KindProblems other) {
        SourceDescription<?> described = other.described();
        String kinds = "AmpsSubscriptionKind.LIVE or " + FOLLOWED;
        other.addMisplaced(described.outOfFocus, "setOutOfFocus", kinds);
        other.addMisplaced(described.deltas, "setDeltas", kinds);
    }

    static void addProblemsOfQuery(SourceDescription<?> described, List<String> problems) {
        KindProblems kind =
                new KindProblems(described, "a query of the state of the world", "", problems);
        new SnapshotRules(kind).addProblemsOfQuery();
    }

    static void addProblemsOfFollowed(SourceDescription<?> described, List<String> problems) {
        KindProblems kind =
                new KindProblems(
                        described,
                        "a query of the state of the world and what follows",
                        "",
                        problems);
        new SnapshotRules(kind).addProblemsOfFollowed();
    }

    private void addProblemsOfQuery() {
        addProblemsOfBoth();
        addMisplacedUpdates(kind);
        kind.addMisplaced(described.trackKeys, "setTrackKeys", FOLLOWED);
        if (described.stop.isBounded()) {
            kind.add(
                    "The stop position '" + described.stop + "'",
                    "ends by itself. Remove setBounded");
        }
        if (described.has(NO_KEYS)) {
            problems.add(
                    "The server option '"
                            + NO_KEYS
                            + "' takes away the keys that tell, where a query has to be sent"
                            + " again, which records were emitted before. Remove it.");
        }
        String noPosition = "has no position in the log";
        kind.addIfSet(AmpsSourceOptions.ON_DATA_LOSS, "setOnDataLoss", noPosition);
        kind.addIfSet(AmpsSourceOptions.FAILOVER_OVERLAP, "setFailoverOverlap", noPosition);
        kind.addIfSet(
                AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST, "setPublishersKeepAtLeast", noPosition);
        kind.addIfSet(AmpsSourceOptions.PUBLISHERS_KEEP_FOR, "setPublishersKeepFor", noPosition);
    }

    private void addProblemsOfFollowed() {
        addProblemsOfBoth();
        if (described.stop.isBounded()) {
            kind.add(
                    "The stop position '" + described.stop + "'",
                    "has no end. Remove setBounded, or use AmpsSubscriptionKind.SOW for the"
                            + " records alone");
        }
        if (described.start != null && described.outOfFocus) {
            problems.add(
                    "Out-of-focus messages and the start position '"
                            + described.start
                            + "' exclude each other: a replay of the log does not tell what is out"
                            + " of focus. Remove setOutOfFocus or setStartPosition.");
        }
        if (described.start != null && described.deltas) {
            problems.add(
                    "Deltas and the start position '"
                            + described.start
                            + "' exclude each other: after a reconnect the records are taken anew,"
                            + " as they are then. Remove setDeltas or setStartPosition.");
        }
        if (described.trackKeys && !described.outOfFocus) {
            problems.add(
                    "Keys can only be tracked if the server tells what is out of focus: otherwise"
                            + " what is deleted while the source is connected would stay. Call"
                            + " setOutOfFocus(true), or remove setTrackKeys.");
        }
        if (described.trackKeys && described.has(NO_KEYS)) {
            problems.add(
                    "The server option '"
                            + NO_KEYS
                            + "' takes away the keys that setTrackKeys is to remember. Remove one"
                            + " of them.");
        }
        if (described.topN != SourceDescription.ALL && described.orderBy == null) {
            problems.add(
                    "The first "
                            + described.topN
                            + " records (setTopN) can only be followed in an order. Call"
                            + " setOrderBy, or remove setTopN.");
        }
        if (described.topN != SourceDescription.ALL
                && described.selection instanceof AmpsTopicPattern) {
            problems.add(
                    "The first "
                            + described.topN
                            + " records (setTopN) can only be followed topic by topic. Use"
                            + " setTopics or setDiscoveredTopics in place of setTopicPattern.");
        }
        if (described.topN != SourceDescription.ALL && described.start != null) {
            problems.add(
                    "A limit (setTopN) and the start position '"
                            + described.start
                            + "' exclude each other: a replay of the log knows no first records."
                            + " Remove one of them.");
        }
    }

    private void addProblemsOfBoth() {
        QueueRules.addMisplaced(kind);
        if (described.start instanceof AmpsStartPosition.Latest) {
            kind.add(
                    "The start position 'latest'",
                    "begins with the records as they are now. Remove setStartPosition");
        }
        if (described.sharding.isByBookmark()) {
            kind.add(
                    "Sharding by bookmark",
                    "yields records without one. Use shardBySowKey, or shardBy with a field");
        }
        if (described.topN != SourceDescription.ALL && described.sharding.count() > 1) {
            problems.add(
                    "A limit (setTopN) and shards exclude each other: each shard would yield its"
                            + " own first "
                            + described.topN
                            + " records. Remove one of them.");
        }
        if (!described.positionOverrides.isEmpty()) {
            kind.add(
                    "A position by hand",
                    "takes the records again where it has none. Remove setPositionOverrides");
        }
        if (described.has("skip_n") && described.topN == SourceDescription.ALL) {
            problems.add("The server option 'skip_n' needs a limit. Call setTopN, or remove it.");
        }
    }
}
