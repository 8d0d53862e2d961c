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
import io.activedataflow.flink.connector.amps.standin.Ambiguities;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a stand-in server tells of its log. */
@Timeout(120)
class LogInspectorITCase {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestConnections connections = new TestConnections();
    private AmpsStandIn server = AmpsStandIn.builder().start();

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void endOfAnEmptyLog() {
        assertThat(LogInspector.end(open(), "T", false, LONG)).isEqualTo(new LogEnd.Empty());
    }

    @Test
    void endOfALogIsItsLastEntryOfAnyTopic() {
        publish("T", 1);
        LogEntry last = publish("other", 2);

        assertThat(LogInspector.end(open(), "T", false, LONG)).isEqualTo(at(last));
        assertThat(LogInspector.end(open(), "^T.*$", false, LONG)).isEqualTo(at(last));
    }

    @Test
    void endThatIsNotTold() {
        server.close();
        server =
                AmpsStandIn.builder()
                        .ambiguities(Ambiguities.defaults().withCompletedForNow(false))
                        .start();
        publish("T", 1);

        assertThat(LogInspector.end(open(), "T", false, Duration.ofMillis(300)))
                .isEqualTo(new LogEnd.NotTold());
    }

    @Test
    void oldestOfAPrunedLog() {
        publish("T", 1);
        LogEntry second = publish("T", 2);
        publish("T", 3);
        server.pruneBefore(second.position());

        assertThat(LogInspector.oldest(open(), "T", false, null, LONG)).contains(retained(second));
    }

    @Test
    void oldestThatMatches() {
        publish("T", 1);
        publish("a.T", 2);
        LogEntry third = publish("T", 3);

        assertThat(LogInspector.oldest(open(), "T", false, "/n > 2", LONG))
                .contains(retained(third));
        assertThat(LogInspector.oldest(open(), "T", false, "/n > 3", LONG)).isEmpty();
        assertThat(LogInspector.oldest(open(), ".T", true, null, LONG)).isEmpty();
    }

    @Test
    void topicThatIsNotLogged() {
        server.close();
        server = AmpsStandIn.builder().logged(topic -> false).start();

        AmpsException failure =
                catchThrowableOfType(
                        AmpsException.class, () -> LogInspector.end(open(), "T", false, LONG));

        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("topic 'T'");
    }

    private AmpsConnection open() {
        return connections.open(server.uri("json"));
    }

    private LogEntry publish(String topic, int sequence) {
        return server.publish(
                "p",
                sequence,
                topic,
                ("{\"n\":" + sequence + '}').getBytes(StandardCharsets.UTF_8));
    }

    private static LogEnd at(LogEntry entry) {
        return new LogEnd.At(bookmark(entry));
    }

    private static RetainedMessage retained(LogEntry entry) {
        return new RetainedMessage(bookmark(entry), entry.timestampMicros());
    }

    private static AmpsBookmark bookmark(LogEntry entry) {
        return new AmpsBookmark(entry.publisherId(), entry.sequence());
    }
}
