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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server what its transaction log has. The subscriptions that answer cannot be taken back,
 * so that a connection which was used for this is closed afterwards, by the caller. Blocks.
 */
@Internal
public final class LogInspector {

    private static final String EPOCH = "0";
    private static final String NOW = "0|1|";
    private static final String LITERAL = "non_regex_topic";

    private LogInspector() {}

    /**
     * Where the log ends for the topic. A server that does not say so within the time-out counts as
     * one that does not tell, which no document excludes.
     *
     * @param connection open
     * @param literal whether the server is to be kept from taking the topic for a regular
     *     expression
     * @param timeout for each of up to two answers
     * @throws AmpsException as from {@link AmpsConnection#subscribe}, or if the connection breaks
     */
    public static LogEnd end(
            AmpsConnection connection, String topic, boolean literal, Duration timeout) {
        Question<Optional<AmpsBookmark>> atNow =
                new Question<>() {
                    @Override
                    public void onCompleted(@Nullable AmpsBookmark bookmark) {
                        answer(Optional.ofNullable(bookmark));
                    }
                };
        connection.subscribe(
                new AmpsSubscribeCommand(topic, null, NOW, options(literal), true), atNow);
        Optional<AmpsBookmark> end = atNow.await(timeout).orElse(Optional.empty());
        if (end.isPresent()) {
            return new LogEnd.At(end.get());
        }
        return oldest(connection, topic, literal, null, timeout).isPresent()
                ? new LogEnd.NotTold()
                : new LogEnd.Empty();
    }

    /**
     * The oldest message of the topic that the log still has and that matches the filter.
     *
     * @param connection open
     * @param literal whether the server is to be kept from taking the topic for a regular
     *     expression
     * @param filter the content filter, or null for everything
     * @throws AmpsException as from {@link AmpsConnection#subscribe}, or if the connection breaks;
     *     also if the server has not found out within the time-out, which is retriable
     */
    public static Optional<RetainedMessage> oldest(
            AmpsConnection connection,
            String topic,
            boolean literal,
            @Nullable String filter,
            Duration timeout) {
        Question<Optional<RetainedMessage>> first =
                new Question<>() {
                    private final Bookmarks bookmarks = new Bookmarks();

                    @Override
                    public void onMessage(AmpsDelivery message) {
                        if (bookmarks.parse(message.bookmark())) {
                            answer(
                                    Optional.of(
                                            new RetainedMessage(
                                                    new AmpsBookmark(
                                                            bookmarks.publisherId(),
                                                            bookmarks.sequence()),
                                                    ServerTimestamps.parse(message.timestamp()))));
                        }
                    }

                    @Override
                    public void onCompleted(@Nullable AmpsBookmark bookmark) {
                        answer(Optional.empty());
                    }
                };
        connection.subscribe(
                new AmpsSubscribeCommand(
                        topic, filter, EPOCH, options(literal, "timestamp", "top_n=1"), true),
                first);
        return first.await(timeout)
                .orElseThrow(
                        () ->
                                new AmpsException(
                                        Kind.RETRIABLE,
                                        "AMPS server "
                                                + connection.server()
                                                + " has not found the oldest message of topic '"
                                                + topic
                                                + "' within "
                                                + timeout
                                                + ". If its log is long and the filter narrow,"
                                                + " raise setCommandTimeout.",
                                        null));
    }

    private static List<String> options(boolean literal, String... others) {
        List<String> options = new ArrayList<>(List.of(others));
        if (literal) {
            options.add(LITERAL);
        }
        return options;
    }

    /** Waits for one answer; the first counts. */
    private abstract static class Question<R> implements AmpsSubscriptionHandler {

        private final CompletableFuture<R> answer = new CompletableFuture<>();

        final void answer(R result) {
            answer.complete(result);
        }

        /** The answer, or nothing if there is none in time. */
        final Optional<R> await(Duration timeout) {
            try {
                return Optional.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                throw (AmpsException) e.getCause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AmpsException(
                        Kind.RETRIABLE, "Interrupted while waiting for an AMPS server.", e);
            }
        }

        @Override
        public void onMessage(AmpsDelivery message) {
            // Only what was asked for counts.
        }

        @Override
        public void onPersisted(@Nullable AmpsBookmark bookmark) {
            // As above; it may lie before the end.
        }

        @Override
        public void onGroupBegin() {
            // There is no query.
        }

        @Override
        public void onGroupEnd() {
            // As above.
        }

        @Override
        public void onLastChance(String description) {
            // As above.
        }

        @Override
        public void onDisconnected(AmpsException cause) {
            answer.completeExceptionally(cause);
        }
    }
}
