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

import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

/**
 * Looks at where a replay on another server really begins. Of the bookmarks that are sent, the
 * server ignores those it does not have, without a word, and a publisher that is new there is not
 * among them; so the first message tells whether the replay reaches back far enough. Pure; one for
 * each opening.
 */
@Internal
final class ReplayVerifier {

    /** What to do with the replay. */
    enum Verdict {
        /** It reaches back far enough. */
        GO_ON,
        /** It may begin too late: open it again, from a time. */
        REOPEN_BY_TIME,
        /** Even from that time it begins behind the last message seen: something is missing. */
        DATA_LOSS,
        /** From that time there is nothing, not even the last message seen: it is still to come. */
        BEHIND
    }

    private final From from;
    private final ReplayPosition resumedAt;
    private final long earliestSafeMicros;
    private boolean decided;

    /**
     * @param resumedAt the position that the replay is to continue
     * @param earliestSafeMicros see {@link ReplayPlanner#earliestSafeMicros}
     */
    ReplayVerifier(From from, ReplayPosition resumedAt, long earliestSafeMicros) {
        this.from = from;
        this.resumedAt = resumedAt;
        this.earliestSafeMicros = earliestSafeMicros;
        this.decided =
                (from != From.PUBLISHERS && from != From.TIME)
                        || resumedAt.timestampMicros() == ReplayPosition.UNKNOWN_TIME
                        // No overlap: the publishers are relied on wherever they are found, and
                        // the next message is later than the last in any case.
                        || resumedAt.timestampMicros() == earliestSafeMicros;
    }

    /** Whether the next message matters. */
    boolean isUndecided() {
        return !decided;
    }

    /**
     * The first message has come.
     *
     * @param timestampMicros its server time, or {@link ReplayPosition#UNKNOWN_TIME}
     * @param duplicate whether it was read before
     */
    Verdict firstMessage(long timestampMicros, boolean duplicate) {
        if (decided) {
            return Verdict.GO_ON;
        }
        decided = true;
        if (from == From.PUBLISHERS) {
            return timestampMicros != ReplayPosition.UNKNOWN_TIME
                            && timestampMicros <= earliestSafeMicros
                    ? Verdict.GO_ON
                    : Verdict.REOPEN_BY_TIME;
        }
        // An idle position is known to lie behind the last message, and was found in this log.
        boolean late = timestampMicros > resumedAt.timestampMicros();
        return late && !duplicate && !resumedAt.idle() ? Verdict.DATA_LOSS : Verdict.GO_ON;
    }

    /** The replay has come to its end without any message. */
    Verdict nothingToReplay() {
        if (decided) {
            return Verdict.GO_ON;
        }
        decided = true;
        if (from == From.PUBLISHERS) {
            return Verdict.REOPEN_BY_TIME;
        }
        return resumedAt.idle() ? Verdict.GO_ON : Verdict.BEHIND;
    }
}
