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

/** What goes together with a live subscription. */
@Internal
final class LiveRules {

    private static final String NEVER_GOES_BACK = "never goes back";

    private LiveRules() {}

    static void addProblems(SourceDescription<?> described, List<String> problems) {
        KindProblems live =
                new KindProblems(
                        described,
                        "a live subscription",
                        "AmpsSubscriptionKind.BOOKMARK_REPLAY",
                        problems);
        if (described.start != null) {
            live.add(
                    "The start position '" + described.start + "'",
                    "starts with what is published next. Remove setStartPosition");
        }
        if (described.stop.isBounded()) {
            live.add(
                    "The stop position '" + described.stop + "'",
                    "has no positions. Remove setBounded");
        }
        if (described.sharding.isByBookmark()) {
            live.add(
                    "Sharding by bookmark",
                    "has no bookmarks. Use shardBy with a field of the messages");
        }
        if (!described.positionOverrides.isEmpty()) {
            live.add("A position by hand", "has no positions. Remove setPositionOverrides");
        }
        live.addIfSet(AmpsSourceOptions.ON_DATA_LOSS, "setOnDataLoss", NEVER_GOES_BACK);
        live.addIfSet(AmpsSourceOptions.FAILOVER_OVERLAP, "setFailoverOverlap", NEVER_GOES_BACK);
        live.addIfSet(
                AmpsSourceOptions.PUBLISHERS_KEEP_AT_LEAST,
                "setPublishersKeepAtLeast",
                NEVER_GOES_BACK);
        live.addIfSet(
                AmpsSourceOptions.PUBLISHERS_KEEP_FOR, "setPublishersKeepFor", NEVER_GOES_BACK);
        SnapshotRules.addMisplaced(live);
        QueueRules.addMisplaced(live);
        if (described.deltas && !described.deltaGapsAccepted) {
            problems.add(
                    "Deltas of a live subscription leave a gap after every reconnect: changes that"
                            + " were missed are never sent again, and what is merged from deltas"
                            + " stays wrong. Use AmpsSubscriptionKind.SOW_AND_SUBSCRIBE, which"
                            + " takes whole records again first, or call"
                            + " setDeltaGapsAccepted(true).");
        }
    }
}
