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

package io.activedataflow.flink.connector.amps.source.split;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Which publishers are remembered: those whose messages came last, and beyond that those whose last
 * message is not old. Keeps the state bounded where client names change, and keeps a publisher that
 * has long been silent from making "the earliest of all bookmarks" very old.
 *
 * <p>Where the server times of the messages are not known, only the number counts.
 *
 * @param keepAtLeast how many are kept whatever their age, at least 1
 * @param keepFor how long the others are kept, by the server times of the messages
 */
@Internal
public record PublisherPruning(int keepAtLeast, Duration keepFor) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Before every time, but after the one that stands for none. */
    private static final long EVER = ReplayPosition.UNKNOWN_TIME + 1;

    public PublisherPruning {
        Objects.requireNonNull(keepFor, "keepFor");
        if (keepAtLeast < 1 || keepFor.isNegative()) {
            throw new IllegalArgumentException(
                    "Of the publishers, "
                            + keepAtLeast
                            + " and those of the last "
                            + keepFor
                            + " are to be remembered. Give a number of at least 1 and a time that"
                            + " is not negative.");
        }
    }

    /**
     * The server time from which on all publishers are kept, in microseconds since the epoch.
     *
     * @param nowMicros the latest server time that is known, or {@link ReplayPosition#UNKNOWN_TIME}
     */
    long oldestKept(long nowMicros) {
        if (nowMicros == ReplayPosition.UNKNOWN_TIME) {
            return Long.MAX_VALUE;
        }
        try {
            long keptMicros = Math.multiplyExact(keepFor.toMillis(), 1000L);
            return Math.max(Math.subtractExact(nowMicros, keptMicros), EVER);
        } catch (ArithmeticException forEver) {
            return EVER;
        }
    }
}
