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
import io.activedataflow.flink.connector.amps.client.ServerVersions;
import io.activedataflow.flink.connector.amps.source.WireBookmarks;
import io.activedataflow.flink.connector.amps.source.reader.ReplayOpening.From;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.PublisherPosition;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Decides how to open a split on a server. Pure.
 *
 * <p>One instance repeats the order of its log exactly, so on the server that a bookmark came from
 * the replay goes on after it. Another instance has the same order per publisher only: there the
 * replay starts at the earliest of the last bookmarks of all publishers, and what was read already
 * is recognised by its sequence.
 */
@Internal
final class ReplayPlanner {

    /** Messages that are merged or computed have no position of their own in the log. */
    private static final Predicate<String> NO_POSITIONS =
            Pattern.compile("(conflation(_key)?|grouping|projection)=(?!none$).*")
                    .asMatchPredicate();

    private final ReaderOptions options;
    private final SubscribeCommands commands;

    ReplayPlanner(ReaderOptions options) {
        this.options = options;
        this.commands = new SubscribeCommands(options);
    }

    /**
     * How to open the split.
     *
     * @param split with the position that has been reached
     * @param server the server that it is opened on, as in positions
     * @param serverVersion the version of that server
     * @param byTime whether to go back by time, because the bookmarks of the publishers do not
     *     reach back far enough on this server
     */
    ReplayOpening plan(AmpsSplit split, String server, int serverVersion, boolean byTime) {
        return switch (split.kind()) {
            case BOOKMARK_REPLAY -> replay(split, server, serverVersion, byTime);
            case LIVE -> new ReplayOpening(commands.live(split), From.NOWHERE);
            case SOW -> new ReplayOpening(commands.query(split), From.QUERY);
            case SOW_AND_SUBSCRIBE ->
                    hasBeenFollowed(split)
                            ? replay(split, server, serverVersion, byTime)
                            : new ReplayOpening(
                                    commands.queryAndSubscribe(
                                            split,
                                            canResume(split),
                                            refusesUnknown(split.start(), serverVersion)),
                                    From.QUERY);
            case QUEUE -> new ReplayOpening(commands.queue(split), From.NOWHERE);
        };
    }

    /**
     * Whether, after a query of the state of the world, the log alone tells what follows. It does
     * not know what is out of focus or among the first n; parts of records need a base. And of a
     * pattern, some topics may be logged and others not, unless a replay was asked for at once.
     */
    boolean canResume(AmpsSplit split) {
        return options.kindOptions() instanceof KindOptions.Snapshot snapshot
                && !snapshot.outOfFocus()
                && !snapshot.deltas()
                && !snapshot.isLimited()
                && options.subscribeOptions().stream().noneMatch(NO_POSITIONS)
                && (!split.topic().pattern() || !split.start().isEmpty());
    }

    private static boolean hasBeenFollowed(AmpsSplit split) {
        return split.kindState() instanceof KindState.Snapshot snapshot
                && snapshot.complete()
                && !split.position().isNone();
    }

    private ReplayOpening replay(
            AmpsSplit split, String server, int serverVersion, boolean byTime) {
        From from = from(split, server, serverVersion, byTime);
        String start = start(split, from);
        return new ReplayOpening(
                commands.replay(
                        split, range(start, split.end()), refusesUnknown(start, serverVersion)),
                from);
    }

    private static boolean refusesUnknown(String start, int serverVersion) {
        return isNamed(start) && serverVersion >= ServerVersions.BOOKMARK_NOT_FOUND;
    }

    /** Whether the end of the split was found in the log of another server than this one. */
    boolean mustTakeEndAnew(AmpsSplit split, String server) {
        return split.end() != null
                && split.end().server() != null
                && !isSameInstance(split.end().server(), server);
    }

    /** Whether both are the same instance, whose log has one order. */
    boolean isSameInstance(@Nullable String oneServer, String other) {
        return oneServer != null && options.endpointsAreStable() && oneServer.equals(other);
    }

    private From from(AmpsSplit split, String server, int serverVersion, boolean byTime) {
        ReplayPosition position = split.position();
        if (position.isNone()) {
            return From.START;
        }
        if (byTime) {
            return From.TIME;
        }
        boolean sameInstance = isSameInstance(position.server(), server);
        if (position.publishers().isEmpty()
                && !isNamed(split.start())
                && (!sameInstance || serverVersion < ServerVersions.BOOKMARK_NOT_FOUND)) {
            // Nothing was read, so that the start is exact, unlike an idle bookmark in another log.
            return From.START;
        }
        return sameInstance ? From.BOOKMARK : From.PUBLISHERS;
    }

    private static boolean isNamed(String start) {
        return start.indexOf('|') >= 0 && !start.equals(WireBookmarks.NOW);
    }

    private String start(AmpsSplit split, From from) {
        ReplayPosition position = split.position();
        return switch (from) {
            case START, NOWHERE, QUERY -> split.start();
            case BOOKMARK -> position.bookmark().toString();
            case PUBLISHERS ->
                    position.publishers().isEmpty()
                            ? split.start() + ',' + position.bookmark()
                            : WireBookmarks.list(lastBookmarks(position));
            case TIME -> WireBookmarks.time(earliestSafeMicros(position));
        };
    }

    /** A message that is unknown here has, on any server in sync, no earlier time than this. */
    long earliestSafeMicros(ReplayPosition position) {
        return position.timestampMicros() - options.failoverOverlap().toNanos() / 1000L;
    }

    /**
     * How the first message of a replay is looked at.
     *
     * @param resumedAt the position that the replay is to continue
     */
    ReplayVerifier verifier(From from, ReplayPosition resumedAt) {
        return new ReplayVerifier(from, resumedAt, earliestSafeMicros(resumedAt));
    }

    private static List<AmpsBookmark> lastBookmarks(ReplayPosition position) {
        Set<AmpsBookmark> bookmarks = new LinkedHashSet<>();
        for (PublisherPosition publisher : position.publishers()) {
            bookmarks.add(publisher.bookmark());
        }
        if (position.idle()) {
            bookmarks.add(position.bookmark());
        }
        return new ArrayList<>(bookmarks);
    }

    private static String range(String start, ReplayEnd end) {
        if (end == null) {
            return start;
        }
        char opening = start.indexOf('|') >= 0 || start.equals(WireBookmarks.EPOCH) ? '(' : '[';
        return opening + start + ':' + end.bookmark() + (end.inclusive() ? ']' : ')');
    }
}
