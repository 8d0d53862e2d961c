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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.PositionOverrides;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Brings state from a checkpoint in line with what the job selects now. */
@Internal
final class RestoredState {

    private static final Logger LOG = LoggerFactory.getLogger(RestoredState.class);

    private RestoredState() {}

    /**
     * The state without topics that are no longer selected, and with the user's positions applied.
     * A topic that is forgotten this way and selected again later is read from its beginning.
     *
     * @throws IllegalStateException if the topics that are left were subscribed to in another way,
     *     or cut into other shards: positions hold for the subscription they were read with
     */
    static AmpsEnumState adapt(AmpsEnumState state, AmpsEnumeratorSettings settings) {
        if (state.kind() == AmpsSubscriptionKind.QUEUE
                && settings.kind() == AmpsSubscriptionKind.QUEUE
                && !state.sharding().equals(settings.sharding())) {
            // As many subscriptions as there are to be now, whatever there were before.
            return new AmpsEnumState(
                    settings.kind(),
                    settings.sharding(),
                    settings.filter(),
                    state.initialDiscoveryDone(),
                    Set.of(),
                    List.of());
        }
        AmpsTopicSelection selection = settings.selection();
        int shards = state.sharding().count();
        Set<String> assigned = new HashSet<>();
        for (String id : state.assignedSplitIds()) {
            if (selection.selects(AmpsSplit.topicOf(id, shards))) {
                assigned.add(id);
            }
        }
        List<AmpsSplit> unassigned = new ArrayList<>();
        for (AmpsSplit split : state.unassignedSplits()) {
            if (selection.selects(split.topic())) {
                unassigned.add(PositionOverrides.apply(split, settings.positionOverrides()));
            } else {
                LOG.warn(
                        "The split '{}' is in the restored state, to be read after {}, but its"
                                + " topic is not selected by {} any more. It is dropped.",
                        split.splitId(),
                        split.resumePoint(),
                        selection);
            }
        }
        if (!assigned.isEmpty() || !unassigned.isEmpty()) {
            requireSameSubscription(state, settings);
            warnOfAnotherFilter(state, settings);
        }
        return new AmpsEnumState(
                settings.kind(),
                settings.sharding(),
                settings.filter(),
                state.initialDiscoveryDone(),
                assigned,
                unassigned);
    }

    private static void requireSameSubscription(
            AmpsEnumState state, AmpsEnumeratorSettings settings) {
        if (state.kind() != settings.kind()) {
            throw new IllegalStateException(
                    "The restored state is of a source of kind "
                            + state.kind()
                            + ", but the source is now of kind "
                            + settings.kind()
                            + ". "
                            + remedy("kind"));
        }
        if (!state.sharding().equals(settings.sharding())) {
            throw new IllegalStateException(
                    "The topics of the restored state are cut into shards: "
                            + state.sharding()
                            + "; the source now asks for: "
                            + settings.sharding()
                            + ". Positions hold only for the shards that they were read with. "
                            + remedy("sharding"));
        }
    }

    private static void warnOfAnotherFilter(AmpsEnumState state, AmpsEnumeratorSettings settings) {
        String effect = effectOfAnotherFilter(settings.kind());
        if (effect != null && !Objects.equals(state.filter(), settings.filter())) {
            LOG.warn(
                    "The content filter of {} was {} and is now {}. {}",
                    settings.selection(),
                    state.filter(),
                    settings.filter(),
                    effect);
        }
    }

    /** Null if the state of the job is as if the filter had always been the new one. */
    @Nullable
    private static String effectOfAnotherFilter(AmpsSubscriptionKind kind) {
        return switch (kind) {
            case BOOKMARK_REPLAY ->
                    "What lies before the restored positions is not read again: messages there that"
                            + " only the new filter lets through are missing from the state of the"
                            + " job.";
            case LIVE ->
                    "It holds for what is published from now on: earlier messages that only the new"
                            + " filter lets through are missing from the state of the job.";
            case SOW ->
                    "The query is sent again with the new filter, without the records that were"
                            + " emitted before: those that only the old filter lets through stay in"
                            + " the state of the job.";
            case SOW_AND_SUBSCRIBE ->
                    "Where the records are taken again, those that only the old filter lets through"
                            + " stay in the state of the job, unless setTrackKeys tells that they"
                            + " are missing. Where reading goes on by bookmark, those that only the"
                            + " new filter lets through are missing until they are updated.";
            // What the old filter did not let through is still there.
            case QUEUE -> null;
        };
    }

    private static String remedy(String what) {
        return "Restore with the old "
                + what
                + ", or give the source another uid and a start position to begin anew.";
    }
}
