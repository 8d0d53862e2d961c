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
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.LogInspector;
import io.activedataflow.flink.connector.amps.client.RetainedMessage;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.LogEnds;
import io.activedataflow.flink.connector.amps.source.LogSnapshot;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a server what its log has, over connections of its own that live for one question, because a
 * subscription that answers it goes on delivering. Worker thread; blocks.
 */
@Internal
final class LossInspection {

    private static final Logger LOG = LoggerFactory.getLogger(LossInspection.class);

    private final OpenRequest request;
    private final AttemptConnections connections;
    private final ReaderOptions options;
    private int questions;

    LossInspection(OpenRequest request, AttemptConnections connections, ReaderOptions options) {
        this.request = request;
        this.connections = connections;
        this.options = options;
    }

    /** What there is instead of the position that is gone. */
    DataLoss inspect(String reason) {
        AmpsSplit split = request.split();
        LogSnapshot end = endOfLog();
        boolean endIsOfLog = split.end() != null && split.end().server() != null;
        return new DataLoss(
                split,
                request.server(),
                reason,
                oldestIfTold(),
                end.start(),
                endIsOfLog ? end.stop() : null);
    }

    /** The end of the split, taken from this server's log. */
    ReplayEnd endOfLogAsEnd() {
        return endOfLog().stop();
    }

    /** Whether the log has messages that are not later than the last one read. */
    boolean reachesBackInTime() {
        ReplayPosition position = request.split().position();
        return position.timestampMicros() != ReplayPosition.UNKNOWN_TIME
                && oldest().filter(oldest -> isNotLater(oldest, position.timestampMicros()))
                        .isPresent();
    }

    /**
     * Servers that cannot be told to refuse unknown bookmarks would go on with what is published
     * from now on; so they are asked first what they still have. Where that begins behind the last
     * message read, nobody can know whether something is missing, even if the position is further
     * ahead than that message.
     *
     * @throws AmpsException if the last message that was read is not there any more
     */
    void requireStillThere() {
        AmpsSplit split = request.split();
        ReplayPosition position = split.position();
        if (split.kind() == AmpsSubscriptionKind.LIVE || position.publishers().isEmpty()) {
            return;
        }
        boolean isThere =
                position.timestampMicros() != ReplayPosition.UNKNOWN_TIME
                        ? reachesBackInTime()
                        : oldest().filter(oldest -> wasRead(oldest, position)).isPresent();
        if (!isThere) {
            throw new AmpsException(
                    AmpsException.Kind.BOOKMARK_NOT_FOUND,
                    "its oldest message is later than that.",
                    null);
        }
    }

    private static boolean isNotLater(RetainedMessage message, long micros) {
        return message.timestampMicros() != ReplayPosition.UNKNOWN_TIME
                && message.timestampMicros() <= micros;
    }

    private static boolean wasRead(RetainedMessage message, ReplayPosition position) {
        AmpsBookmark bookmark = message.bookmark();
        return position.publishers().stream()
                .anyMatch(
                        publisher ->
                                publisher.publisherId() == bookmark.publisherId()
                                        && Long.compareUnsigned(
                                                        bookmark.sequence(), publisher.sequence())
                                                <= 0);
    }

    private LogSnapshot endOfLog() {
        return ask(
                connection ->
                        LogEnds.bySubscription()
                                .ask(
                                        connection,
                                        request.split().topic(),
                                        options.commandTimeout()));
    }

    /** A question that only serves the user's information must not keep the policy from acting. */
    @Nullable
    private RetainedMessage oldestIfTold() {
        try {
            return oldest().orElse(null);
        } catch (AmpsException e) {
            LOG.warn(
                    "The oldest message of {} could not be found: {}",
                    request.split().splitId(),
                    e.getMessage());
            return null;
        }
    }

    private Optional<RetainedMessage> oldest() {
        return ask(
                connection ->
                        LogInspector.oldest(
                                connection,
                                request.split().topic().name(),
                                request.split().topic().needsLiteralOption(),
                                request.split().shard().filter(options.filter()),
                                options.commandTimeout()));
    }

    private <R> R ask(Function<AmpsConnection, R> question) {
        AmpsConnection connection = connections.open(request.clientName() + "-probe" + ++questions);
        try {
            return question.apply(connection);
        } finally {
            connections.close(connection);
        }
    }
}
