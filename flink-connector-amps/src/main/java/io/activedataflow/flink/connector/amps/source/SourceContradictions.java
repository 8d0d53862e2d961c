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

import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is missing in the description of a source, and what in it does not go together. */
@Internal
final class SourceContradictions {

    private static final String BINARY = "binary";

    private final SourceDescription<?> described;
    private final List<String> problems = new ArrayList<>();

    private SourceContradictions(SourceDescription<?> described) {
        this.described = described;
    }

    /**
     * Refuses what cannot be built.
     *
     * @throws IllegalStateException that lists everything at once
     */
    static void requireNone(SourceDescription<?> described) {
        List<String> problems = of(described);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "This AMPS source cannot be built:\n - " + String.join("\n - ", problems));
        }
    }

    /** All of them, each as a sentence with a remedy; empty if the source can be built. */
    static List<String> of(SourceDescription<?> described) {
        SourceContradictions all = new SourceContradictions(described);
        all.addMissing();
        SubscribeOptions.addProblems(described.kind, described.subscribeOptions, all.problems);
        all.addProblemsOfKind();
        all.addProblemsOfDeltas();
        all.addProblemsOfRange();
        all.addProblemsOfConnection();
        all.addProblemsOfBackoff();
        all.addProblemsOfOverrides();
        return all.problems;
    }

    private void addMissing() {
        if (described.connection == null) {
            problems.add("No server is given: call setConnection.");
        }
        if (described.selection == null) {
            problems.add(
                    "Nothing to read is given: call setTopics, setTopicPattern, setDiscoveredTopics"
                            + " or setSelection.");
        }
        if (described.deserializer == null) {
            problems.add("No deserializer is given: call setDeserializer.");
        }
    }

    private void addProblemsOfKind() {
        switch (described.kind) {
            case BOOKMARK_REPLAY -> ReplayRules.addProblems(described, problems);
            case LIVE -> LiveRules.addProblems(described, problems);
            case SOW -> SnapshotRules.addProblemsOfQuery(described, problems);
            case SOW_AND_SUBSCRIBE -> SnapshotRules.addProblemsOfFollowed(described, problems);
            case QUEUE -> QueueRules.addProblems(described, problems);
        }
    }

    private void addProblemsOfDeltas() {
        if (described.has("no_empties") && !described.deltas) {
            problems.add(
                    "The server option 'no_empties' is about deltas. Call setDeltas(true), or"
                            + " remove it.");
        }
        if (described.deltaGapsAccepted && !described.deltas) {
            problems.add(
                    "setDeltaGapsAccepted is about deltas. Call setDeltas(true), or remove it.");
        }
    }

    private void addProblemsOfRange() {
        if (described.start instanceof AmpsStartPosition.Timestamp from
                && described.stop instanceof AmpsStopPosition.Timestamp to
                && !from.time().isBefore(to.time())) {
            problems.add(
                    "The source would start at "
                            + from.time()
                            + " and stop at "
                            + to.time()
                            + ", which leaves nothing to read. Give a later stop position.");
        }
    }

    private void addProblemsOfConnection() {
        if (described.connection == null) {
            return;
        }
        if (described.connection.messageType().equals(BINARY)) {
            addIfPresent(described.filter, "setFilter");
            addIfPresent(described.sharding.isByField() ? "" : null, "shardBy");
            addIfPresent(described.selectedFields.isEmpty() ? null : "", "setFieldSelection");
            addIfPresent(described.orderBy, "setOrderBy");
        }
        boolean mayFailOver =
                described.connection.servers().size() > 1
                        || !described.connection.endpointsAreStable();
        Duration overlap = described.options.get(AmpsSourceOptions.FAILOVER_OVERLAP);
        if (mayReplay()
                && mayFailOver
                && !overlap.isZero()
                && !described.options.get(AmpsSourceOptions.TIMESTAMPS)) {
            problems.add(
                    "The overlap after a failover ("
                            + overlap
                            + ") needs server times, which setTimestamps(false) turns off. Leave"
                            + " them on, or call setFailoverOverlap(Duration.ZERO) to go without"
                            + " what it protects from.");
        }
    }

    /** Whether the log is replayed, from the beginning or behind a query. */
    private boolean mayReplay() {
        return described.kind == AmpsSubscriptionKind.BOOKMARK_REPLAY
                || (described.kind == AmpsSubscriptionKind.SOW_AND_SUBSCRIBE
                        && !described.outOfFocus
                        && !described.deltas
                        && described.topN == SourceDescription.ALL);
    }

    private void addIfPresent(Object value, String setter) {
        if (value != null) {
            problems.add(
                    "Messages of type 'binary' have no fields that the server knows. Remove "
                            + setter
                            + ".");
        }
    }

    private void addProblemsOfBackoff() {
        Duration initial = described.options.get(AmpsSourceOptions.RETRY_INITIAL_BACKOFF);
        Duration max = described.options.get(AmpsSourceOptions.RETRY_MAX_BACKOFF);
        if (max.compareTo(initial) < 0) {
            problems.add(
                    "'retry.max-backoff' ("
                            + max
                            + ") is shorter than 'retry.initial-backoff' ("
                            + initial
                            + ").");
        }
    }

    private void addProblemsOfOverrides() {
        if (described.selection == null) {
            return;
        }
        for (String splitId : described.positionOverrides.keySet()) {
            if (described.sharding.shards().stream().noneMatch(shard -> has(splitId, shard))) {
                problems.add(
                        "A position by hand is given for split '"
                                + splitId
                                + "', which is not one of "
                                + described.selection
                                + " with shards: "
                                + described.sharding
                                + '.');
            }
        }
    }

    private boolean has(String splitId, AmpsShard shard) {
        if (described.selection instanceof AmpsTopicPattern pattern) {
            return splitId.equals(AmpsSplit.splitId(pattern.topic(), shard));
        }
        String suffix = AmpsSplit.splitId(AmpsTopic.literal(""), shard);
        return splitId.endsWith(suffix)
                && described.selection.selects(
                        AmpsTopic.literal(
                                splitId.substring(0, splitId.length() - suffix.length())));
    }
}
