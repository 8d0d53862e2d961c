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

package io.activedataflow.flink.connector.amps.standin;

import java.util.ArrayList;
import java.util.List;

/** Finds out where in the log a subscription starts and ends. */
final class BookmarkResolver {

    private static final long ANY_TIME = Long.MIN_VALUE;

    private final TransactionLog log;
    private final NotFound notFound;
    private final String notFoundReason;

    /** What to do when none of the bookmarks to start from is in the log. */
    enum NotFound {
        NOW,
        EPOCH,
        FAIL
    }

    /** A start point: either a position or a time. */
    private record Start(long position, long micros, boolean now) {}

    BookmarkResolver(TransactionLog log, NotFound notFound, String notFoundReason) {
        this.log = log;
        this.notFound = notFound;
        this.notFoundReason = notFoundReason;
    }

    /**
     * @throws Rejected if the text is no bookmark, or if it is not found and that is a failure
     */
    ReplayRange resolve(String text) throws Rejected {
        char first = text.charAt(0);
        if (first != '[' && first != '(') {
            Start start = start(text, Timestamps.isTimestamp(text));
            return new ReplayRange(
                    start.position(), start.micros(), ReplayEnd.never(), start.now());
        }
        char last = text.charAt(text.length() - 1);
        int colon = text.indexOf(':');
        if ((last != ']' && last != ')') || colon < 2 || colon == text.length() - 2) {
            throw new Rejected(Reason.INVALID_BOOKMARK);
        }
        Start start = start(text.substring(1, colon), first == '[');
        ReplayEnd end = end(text.substring(colon + 1, text.length() - 1), last == ']');
        return new ReplayRange(start.position(), start.micros(), end, start.now());
    }

    private Start start(String text, boolean inclusive) throws Rejected {
        if (Timestamps.isTimestamp(text)) {
            long micros = Timestamps.parse(text) + (inclusive ? 0 : 1);
            return new Start(log.firstFrom(micros), micros, false);
        }
        long earliest = Long.MAX_VALUE;
        boolean now = false;
        for (String part : parts(text)) {
            if (part.equals(Bookmarks.EPOCH)) {
                earliest = Math.min(earliest, log.firstPosition());
            } else if (isNow(part)) {
                now = true;
            } else {
                Bookmarks.Id id = Bookmarks.parse(part);
                long position = log.find(id.publisherId(), id.sequence());
                if (position != 0) {
                    earliest = Math.min(earliest, inclusive ? position : position + 1);
                }
            }
        }
        if (earliest != Long.MAX_VALUE) {
            return new Start(earliest, ANY_TIME, false);
        }
        if (now) {
            return new Start(now(inclusive), ANY_TIME, !inclusive);
        }
        return switch (notFound) {
            case NOW -> new Start(now(false), ANY_TIME, true);
            case EPOCH -> new Start(log.firstPosition(), ANY_TIME, false);
            case FAIL -> throw new Rejected(notFoundReason);
        };
    }

    private ReplayEnd end(String text, boolean inclusive) throws Rejected {
        if (Timestamps.isTimestamp(text)) {
            return ReplayEnd.before(Timestamps.parse(text) + (inclusive ? 1 : 0));
        }
        long latest = 0;
        List<Bookmarks.Id> awaited = new ArrayList<>();
        for (String part : parts(text)) {
            if (part.equals(Bookmarks.EPOCH)) {
                throw new Rejected(Reason.INVALID_BOOKMARK);
            }
            if (isNow(part)) {
                latest = Math.max(latest, log.lastPosition() - (inclusive ? 0 : 1));
                continue;
            }
            Bookmarks.Id id = Bookmarks.parse(part);
            long highest = log.highestSequence(id.publisherId());
            if (highest == 0 || Long.compareUnsigned(highest, id.sequence()) < 0) {
                awaited.add(id);
            } else {
                latest = Math.max(latest, lastUpTo(id, inclusive));
            }
        }
        return ReplayEnd.after(latest, awaited, inclusive);
    }

    /** The last position that is in a range that ends with a message of the past. */
    private long lastUpTo(Bookmarks.Id id, boolean inclusive) {
        long position = log.find(id.publisherId(), id.sequence());
        if (position == 0) {
            // It has been here, so it has been pruned.
            return log.firstPosition() - 1;
        }
        return inclusive ? position : position - 1;
    }

    private long now(boolean inclusive) {
        return inclusive
                ? Math.max(log.firstPosition(), log.lastPosition())
                : log.lastPosition() + 1;
    }

    private static boolean isNow(String part) {
        return part.equals(Bookmarks.NOW) || part.equals("0|1");
    }

    private static List<String> parts(String text) throws Rejected {
        List<String> parts = List.of(text.split(","));
        if (parts.isEmpty()) {
            throw new Rejected(Reason.INVALID_BOOKMARK);
        }
        return parts;
    }
}
