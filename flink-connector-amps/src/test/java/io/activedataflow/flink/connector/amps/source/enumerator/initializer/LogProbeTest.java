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

package io.activedataflow.flink.connector.amps.source.enumerator.initializer;

import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.source.enumerator.FakeServers;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class LogProbeTest {

    private static final SortedSet<AmpsTopic> TOPICS =
            new TreeSet<>(Set.of(AmpsTopic.literal("orders"), AmpsTopic.literal("trades")));
    private static final AmpsException DOWN =
            new AmpsException(Kind.RETRIABLE, "No connection.", null);
    private static final AmpsException DENIED =
            new AmpsException(Kind.FATAL, "Not entitled.", null);

    private final FakeServers servers = new FakeServers().logEndsAt(1, 5);
    private final LogProbe probe = new LogProbe(servers, servers, "job", Duration.ofSeconds(5));

    @Test
    void asksTheFirstServerAndLeavesNothingOpen() {
        assertThat(probe.ask(TOPICS).start()).isEqualTo("1|5|");

        assertThat(servers.calls()).containsExactly("open amps1", "end orders");
        assertThat(servers.openConnections()).isZero();
    }

    @Test
    void aLogIsEmptyIfItIsForEveryTopic() {
        FakeServers empty = new FakeServers();
        LogProbe other = new LogProbe(empty, empty, "job", Duration.ofSeconds(5));

        assertThat(other.ask(TOPICS).isEmpty()).isTrue();
        assertThat(empty.calls()).containsExactly("open amps1", "end orders", "end trades");
    }

    @Test
    void aLogWithMessagesOfOneTopicIsNotEmptyForTheOthers() {
        FakeServers hasTrades = new FakeServers().silentFor("trades"::equals);
        LogProbe other = new LogProbe(hasTrades, hasTrades, "job", Duration.ofSeconds(5));

        assertThat(other.ask(TOPICS).told()).isFalse();
    }

    @Test
    void goesRoundTheServersAfterFailuresThatMayPass() {
        servers.failNext(DOWN, DOWN);
        assertThatThrownBy(() -> probe.ask(TOPICS)).isSameAs(DOWN);
        assertThatThrownBy(() -> probe.ask(TOPICS)).isSameAs(DOWN);

        assertThat(probe.ask(TOPICS).server()).contains("amps1");
        assertThat(servers.calls())
                .containsExactly("open amps1", "open amps2", "open amps1", "end orders");
    }

    @Test
    void staysWithAServerThatRefuses() {
        servers.beforeCall(() -> failTheAnswer(DENIED));
        assertThatThrownBy(() -> probe.ask(TOPICS)).isSameAs(DENIED);
        servers.beforeCall(() -> {});

        assertThat(probe.ask(TOPICS).server()).contains("amps1");
        assertThat(servers.openConnections()).isZero();
    }

    private void failTheAnswer(AmpsException cause) {
        if (servers.calls().contains("end orders")) {
            servers.failNext(cause);
        }
    }

    @Test
    void noTwoConnectionsHaveTheSameName() {
        probe.ask(TOPICS);
        probe.ask(TOPICS);

        assertThat(servers.clientNames()).hasSize(2).doesNotHaveDuplicates();
        assertThat(servers.clientNames()).allMatch(name -> name.startsWith("job-"));
    }

    @Test
    void asksNobodyAfterClose() {
        probe.close();

        assertThatThrownBy(() -> probe.ask(TOPICS)).isInstanceOf(CancellationException.class);
        assertThat(servers.calls()).isEmpty();
    }

    @Test
    void closeClosesTheConnectionThatIsInUse() {
        servers.beforeCall(
                () -> {
                    if (servers.openConnections() == 1) {
                        probe.close();
                        assertThat(servers.openConnections()).isZero();
                    }
                });

        probe.ask(TOPICS);

        assertThat(servers.calls()).containsExactly("open amps1", "end orders");
    }
}
