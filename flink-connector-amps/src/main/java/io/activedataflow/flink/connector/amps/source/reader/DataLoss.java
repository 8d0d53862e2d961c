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

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.RetainedMessage;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.WireBookmarks;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * A position that a server's log does not have any more, and what it has instead.
 *
 * @param split with the position
 * @param server whose log it is
 * @param reason how it was noticed, as a sentence
 * @param oldest the first message for the subscription that the log still has, or null if there is
 *     none or the server could not be asked
 * @param latest the end of the log, in wire form: where to go on if what is there is to be skipped
 * @param newEnd the end of the split in this log, or null if the split keeps its end
 */
@Internal
record DataLoss(
        AmpsSplit split,
        AmpsServerUri server,
        String reason,
        @Nullable RetainedMessage oldest,
        String latest,
        @Nullable ReplayEnd newEnd) {

    /** What is missing, and from where to where it may be. */
    String describe() {
        return "The transaction log of "
                + server
                + " cannot continue "
                + split.splitId()
                + " behind the position reached: "
                + reason
                + " Reached: "
                + reached()
                + ". Oldest retained: "
                + retained()
                + '.';
    }

    /** The failure of the job where the policy does not allow to go on. */
    AmpsException refusal() {
        return new AmpsException(
                AmpsException.Kind.FATAL,
                describe()
                        + " Messages between the two may be lost. To go on without them, set"
                        + " 'scan.on-data-loss' to 'earliest' or 'latest'"
                        + (split.kind() == AmpsSubscriptionKind.BOOKMARK_REPLAY
                                ? ", or give a position for this split by hand with"
                                        + " setPositionOverrides"
                                : ", whereupon the state of the world is taken again")
                        + "; to lose none, restore the server's log, and keep its journals for"
                        + " longer than the job may be down.",
                null);
    }

    private String reached() {
        ReplayPosition position = split.position();
        if (position.isNone()) {
            return "nothing yet, start '" + split.start() + '\'';
        }
        return "bookmark "
                + position.bookmark()
                + " of "
                + position.server()
                + time(position.timestampMicros());
    }

    private String retained() {
        return oldest == null
                ? "nothing that could be found"
                : "bookmark " + oldest.bookmark() + time(oldest.timestampMicros());
    }

    private static String time(long micros) {
        return micros == ReplayPosition.UNKNOWN_TIME ? "" : " at " + WireBookmarks.time(micros);
    }
}
