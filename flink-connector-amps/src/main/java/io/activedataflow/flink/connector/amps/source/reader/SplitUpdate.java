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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;

import org.apache.flink.annotation.Internal;

/**
 * A change of a split's state that is no message. It keeps its place between the messages, so that
 * what came before it has been emitted when it takes effect.
 */
@Internal
sealed interface SplitUpdate {

    /** The records of a query will come, once more if they have come before. */
    SplitUpdate SNAPSHOT_BEGUN = new SnapshotBegun();

    /** All records of the query have come. */
    SplitUpdate SNAPSHOT_COMPLETED = new SnapshotCompleted();

    /** Task thread. */
    void applyTo(AmpsSplitState split);

    /** The log of this server holds nothing more for the split up to the bookmark. */
    record MovedTo(String server, AmpsBookmark bookmark) implements SplitUpdate {
        @Override
        public void applyTo(AmpsSplitState split) {
            split.moveTo(server, bookmark);
        }
    }

    /** The end of the split was taken anew, from another server's log. */
    record EndTaken(ReplayEnd end) implements SplitUpdate {
        @Override
        public void applyTo(AmpsSplitState split) {
            split.endAt(end);
        }
    }

    /** See {@link #SNAPSHOT_BEGUN}. */
    record SnapshotBegun() implements SplitUpdate {
        @Override
        public void applyTo(AmpsSplitState split) {
            split.beginSnapshot();
        }
    }

    /** See {@link #SNAPSHOT_COMPLETED}. */
    record SnapshotCompleted() implements SplitUpdate {
        @Override
        public void applyTo(AmpsSplitState split) {
            split.completeSnapshot();
        }
    }

    /** The data-loss policy has started the split over. */
    record Restarted(String start) implements SplitUpdate {
        @Override
        public void applyTo(AmpsSplitState split) {
            split.restartAt(start);
        }
    }
}
