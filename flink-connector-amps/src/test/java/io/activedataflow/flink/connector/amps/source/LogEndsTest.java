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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsAnswerHandler;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsDelivery;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscriptionHandler;
import io.activedataflow.flink.connector.amps.client.ByteSlice;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LogEndsTest {

    private static final AmpsServerUri SERVER =
            new AmpsServerUri("tcp://a:1/amps/json", "a", 1, false, "json");
    private static final AmpsBookmark END = new AmpsBookmark(7, 8);

    private final LogEnds logEnds = LogEnds.bySubscription();

    private LogSnapshot ask(OneLog log, String topic) {
        return logEnds.ask(log, AmpsTopic.literal(topic), Duration.ofSeconds(30));
    }

    @Test
    void theServerTellsTheEnd() {
        LogSnapshot snapshot = ask(new OneLog(END, true), "orders");

        assertThat(snapshot.server()).isEqualTo(SERVER.text());
        assertThat(snapshot.told()).isTrue();
        assertThat(snapshot.bookmark()).isEqualTo(END);
    }

    @Test
    void anEmptyLogEndsBeforeEverything() {
        LogSnapshot snapshot = ask(new OneLog(null, false), "orders");

        assertThat(snapshot.told()).isTrue();
        assertThat(snapshot.bookmark()).isNull();
    }

    @Test
    void theTimeBeforeTheQuestionCountsWhereTheServerDoesNotTell() {
        Instant before = Instant.now();
        OneLog log = new OneLog(null, true);
        LogSnapshot snapshot = ask(log, "orders");

        assertThat(snapshot.told()).isFalse();
        assertThat(snapshot.bookmark()).isNull();
        assertThat(snapshot.time()).isBetween(before, log.firstAsked);
    }

    @Test
    void aNameThatLooksLikeAPatternIsTakenLiterally() {
        OneLog dotted = new OneLog(null, true);
        ask(dotted, "a.b");
        OneLog plain = new OneLog(null, true);
        ask(plain, "ab");

        assertThat(dotted.commands)
                .hasSize(2)
                .allSatisfy(command -> assertThat(command.options()).contains("non_regex_topic"));
        assertThat(plain.commands)
                .hasSize(2)
                .allSatisfy(
                        command -> assertThat(command.options()).doesNotContain("non_regex_topic"));
    }

    /** A server with a log that has messages of the topic or not, and says where it ends or not. */
    private static final class OneLog implements AmpsConnection {

        private final AmpsBookmark toldEnd;
        private final boolean hasMessages;
        private final List<AmpsSubscribeCommand> commands = new ArrayList<>();
        private Instant firstAsked;

        OneLog(AmpsBookmark toldEnd, boolean hasMessages) {
            this.toldEnd = toldEnd;
            this.hasMessages = hasMessages;
        }

        @Override
        public void subscribe(AmpsSubscribeCommand command, AmpsSubscriptionHandler handler) {
            if (commands.isEmpty()) {
                firstAsked = Instant.now();
            }
            commands.add(command);
            if (hasMessages && command.bookmark().equals("0")) {
                handler.onMessage(new LoggedMessage());
            }
            handler.onCompleted(toldEnd);
        }

        @Override
        public AmpsServerUri server() {
            return SERVER;
        }

        @Override
        public void open() {}

        @Override
        public int serverVersion() {
            return 5_03_05_00;
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
        public void beat() {}

        @Override
        public void close() {}
    }

    /** A message with a bookmark and nothing else. */
    private static final class LoggedMessage implements AmpsDelivery {

        private static ByteSlice slice(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            ByteSlice slice = new ByteSlice();
            slice.set(bytes, 0, bytes.length);
            return slice;
        }

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
            return slice("orders");
        }

        @Override
        public ByteSlice bookmark() {
            return slice("1|1|");
        }

        @Override
        public ByteSlice timestamp() {
            return new ByteSlice();
        }

        @Override
        public ByteSlice sowKey() {
            return new ByteSlice();
        }

        @Override
        public ByteSlice correlationId() {
            return new ByteSlice();
        }

        @Override
        public ByteSlice userId() {
            return new ByteSlice();
        }

        @Override
        public ByteSlice leasePeriod() {
            return new ByteSlice();
        }

        @Override
        public AmpsOutOfFocusReason outOfFocusReason() {
            return null;
        }
    }
}
