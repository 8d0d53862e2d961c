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
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class LogInspectorTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final AmpsBookmark LAST = new AmpsBookmark(-1, 9);

    /** What a server does with a subscription. */
    @FunctionalInterface
    private interface Answer {
        void to(AmpsSubscriptionHandler handler);
    }

    /** Answers one subscription after the other, at once. */
    private static final class FakeConnection implements AmpsConnection {

        private final List<AmpsSubscribeCommand> commands = new ArrayList<>();
        private final List<Answer> answers;

        FakeConnection(Answer... answers) {
            this.answers = List.of(answers);
        }

        @Override
        public AmpsServerUri server() {
            return new AmpsServerUri("tcp://h:1/amps/json", "h", 1, false, "json");
        }

        @Override
        public void open() {
            throw new AssertionError("It is open.");
        }

        @Override
        public int serverVersion() {
            return ServerVersions.BOOKMARK_NOT_FOUND;
        }

        @Override
        public void subscribe(AmpsSubscribeCommand command, AmpsSubscriptionHandler handler) {
            answers.get(commands.size()).to(handler);
            commands.add(command);
        }

        @Override
        public void acknowledge(String queue, String bookmarks, AmpsAnswerHandler answer) {
            throw new AssertionError(queue);
        }

        @Override
        public void giveBack(String queue, String bookmarks) {
            throw new AssertionError(queue);
        }

        @Override
        public void beat() {
            throw new AssertionError("Nothing blocks.");
        }

        @Override
        public void close() {
            throw new AssertionError("It is not ours.");
        }
    }

    /** A message with these two fields, null for absent. */
    private record FakeMessage(String bookmarkText, String timestampText) implements AmpsDelivery {

        @Override
        public AmpsCommand command() {
            return AmpsCommand.PUBLISH;
        }

        @Override
        public ByteSlice body() {
            return slice("{}");
        }

        @Override
        public ByteSlice topic() {
            return slice("T");
        }

        @Override
        public ByteSlice bookmark() {
            return slice(bookmarkText);
        }

        @Override
        public ByteSlice timestamp() {
            return slice(timestampText);
        }

        @Override
        public ByteSlice sowKey() {
            return slice(null);
        }

        @Override
        public ByteSlice correlationId() {
            return slice(null);
        }

        @Override
        public ByteSlice userId() {
            return slice(null);
        }

        @Override
        public ByteSlice leasePeriod() {
            return slice(null);
        }

        @Override
        public AmpsOutOfFocusReason outOfFocusReason() {
            return null;
        }

        private static ByteSlice slice(String text) {
            ByteSlice slice = new ByteSlice();
            if (text != null) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                slice.set(bytes, 0, bytes.length);
            }
            return slice;
        }
    }

    @Test
    void endIsWhereTheServerSaysItIs() {
        FakeConnection connection =
                new FakeConnection(
                        handler -> {
                            handler.onPersisted(new AmpsBookmark(1, 1));
                            handler.onMessage(new FakeMessage("1|2|", null));
                            handler.onLastChance("something");
                            handler.onCompleted(LAST);
                            handler.onCompleted(new AmpsBookmark(1, 3));
                        });

        assertThat(LogInspector.end(connection, "a.b", true, LONG)).isEqualTo(new LogEnd.At(LAST));
        assertThat(connection.commands)
                .containsExactly(
                        new AmpsSubscribeCommand(
                                "a.b", null, "0|1|", List.of("non_regex_topic"), true));
    }

    @Test
    void logWithoutAMessageOfTheTopicIsEmpty() {
        FakeConnection connection =
                new FakeConnection(
                        handler -> handler.onCompleted(null), handler -> handler.onCompleted(null));

        assertThat(LogInspector.end(connection, "^T.*$", false, LONG))
                .isEqualTo(new LogEnd.Empty());
        assertThat(connection.commands)
                .containsExactly(
                        new AmpsSubscribeCommand("^T.*$", null, "0|1|", List.of(), true),
                        new AmpsSubscribeCommand(
                                "^T.*$", null, "0", List.of("timestamp", "top_n=1"), true));
    }

    @Test
    void endThatIsNotToldIsNoEmptyLog() {
        FakeConnection connection =
                new FakeConnection(
                        handler -> handler.onCompleted(null),
                        handler -> handler.onMessage(new FakeMessage("1|2|", null)));

        assertThat(LogInspector.end(connection, "T", false, LONG)).isEqualTo(new LogEnd.NotTold());
    }

    @Test
    void serverThatNeverSaysWhereTheEndIsDoesNotTell() {
        FakeConnection connection =
                new FakeConnection(
                        handler -> {}, handler -> handler.onMessage(new FakeMessage("1|2|", null)));

        assertThat(LogInspector.end(connection, "T", false, SHORT)).isEqualTo(new LogEnd.NotTold());
    }

    @Test
    void oldestIsTheFirstMessageWithABookmark() {
        FakeConnection connection =
                new FakeConnection(
                        handler -> {
                            handler.onMessage(new FakeMessage(null, null));
                            handler.onMessage(
                                    new FakeMessage("18446744073709551615|7|", "19700101T000001Z"));
                            handler.onMessage(new FakeMessage("1|8|", "19700101T000002Z"));
                            handler.onCompleted(LAST);
                        });

        assertThat(LogInspector.oldest(connection, "T", true, "/a = 1", LONG))
                .contains(new RetainedMessage(new AmpsBookmark(-1, 7), 1_000_000));
        assertThat(connection.commands)
                .containsExactly(
                        new AmpsSubscribeCommand(
                                "T",
                                "/a = 1",
                                "0",
                                List.of("timestamp", "top_n=1", "non_regex_topic"),
                                true));
    }

    @Test
    void timeOfTheOldestMayBeUnknown() {
        FakeConnection connection =
                new FakeConnection(handler -> handler.onMessage(new FakeMessage("1|7|", "?")));

        assertThat(LogInspector.oldest(connection, "T", false, null, LONG))
                .contains(new RetainedMessage(new AmpsBookmark(1, 7), ServerTimestamps.UNKNOWN));
    }

    @Test
    void nothingIsRetained() {
        FakeConnection connection = new FakeConnection(handler -> handler.onCompleted(LAST));

        assertThat(LogInspector.oldest(connection, "T", false, null, LONG)).isEmpty();
    }

    @Test
    void searchThatTakesTooLongIsNoAnswer() {
        AmpsException failure =
                catchThrowableOfType(
                        AmpsException.class,
                        () ->
                                LogInspector.oldest(
                                        new FakeConnection(handler -> {}),
                                        "T",
                                        false,
                                        "/a = 1",
                                        SHORT));

        assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(failure)
                .hasMessageContaining("tcp://h:1/amps/json")
                .hasMessageContaining("'T'")
                .hasMessageContaining("setCommandTimeout");
    }

    @Test
    void brokenConnectionIsTold() {
        AmpsException cause = new AmpsException(Kind.RETRIABLE, "gone", null);

        assertThatThrownBy(
                        () ->
                                LogInspector.end(
                                        new FakeConnection(
                                                handler -> handler.onDisconnected(cause)),
                                        "T",
                                        false,
                                        LONG))
                .isSameAs(cause);
    }
}
