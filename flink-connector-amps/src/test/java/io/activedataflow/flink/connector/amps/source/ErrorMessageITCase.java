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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.standin.Ambiguities;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.Authentication;
import io.activedataflow.flink.connector.amps.standin.Entitlement;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a job fails with when a server cannot be read: which server, what of it, why, what to do.
 * "Latest" is looked up by the enumerator, "earliest" is left to the reader: both have to say it.
 */
@Timeout(300)
class ErrorMessageITCase {

    private static final String USER = "flink";
    private static final String PASSWORD = "s3cr3t-of-flink";
    private static final String OURS = AmpsException.class.getName() + ": ";

    @RegisterExtension static final MiniClusterExtension FLINK = TestJobs.cluster(2);
    @RegisterExtension final TestJobs jobs = new TestJobs();

    private enum Asks {
        ENUMERATOR(AmpsStartPosition.latest()),
        READER(AmpsStartPosition.earliest());

        private final AmpsStartPosition start;

        Asks(AmpsStartPosition start) {
            this.start = start;
        }
    }

    @ParameterizedTest
    @EnumSource
    void serverThatStaysAway(Asks who) throws Exception {
        AmpsStandIn server = AmpsStandIn.builder().start();
        server.close();
        assertThat(
                        failure(
                                who,
                                NumberedMessages.source(server)
                                        .setRetryDeadline(Duration.ofMillis(500))))
                .contains(OURS, server.uri("json"))
                .contains("nothing accepts connections there. Check that the server runs")
                .contains("'retry.deadline'")
                .contains(who == Asks.READER ? "AMPS split orders" : "find the end of the log");
    }

    @Test
    void serverThatComesUpLate() throws Exception {
        AmpsStandIn server = AmpsStandIn.builder().start();
        try (server) {
            server.stop();
            jobs.job(NumberedMessages.source(server))
                    .checkpointEvery(Duration.ofMillis(100))
                    .start();
            jobs.ledger().awaitCheckpoints(2);
            server.start();
            server.publish("orders", NumberedMessages.body("alice", 0));
            jobs.ledger().awaitCount("alice", 1);
            assertThat(jobs.ledger().attempts()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongPassword(Asks who) throws Exception {
        try (AmpsStandIn server =
                AmpsStandIn.builder().authentication(Authentication.user(USER, "other")).start()) {
            assertThat(failure(who, asUser(server)))
                    .contains(OURS, server.uri("json"), "user 'flink'", "auth failure")
                    .contains("Check the user and the password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void notEntitledToLogOn(Asks who) throws Exception {
        try (AmpsStandIn server =
                AmpsStandIn.builder()
                        .authentication(
                                (client, user, password, round) ->
                                        new Authentication.Refuse("not entitled"))
                        .start()) {
            assertThat(failure(who, asUser(server)))
                    .contains(OURS, server.uri("json"), "refused the logon", "user 'flink'")
                    .contains("not entitled. Grant the user this right");
        }
    }

    @ParameterizedTest
    @EnumSource
    void notEntitledToTheTopic(Asks who) throws Exception {
        try (AmpsStandIn server =
                AmpsStandIn.builder()
                        .entitlement(Entitlement.topics(topic -> false, topic -> true))
                        .start()) {
            assertThat(failure(who, asUser(server)))
                    .contains(OURS, server.uri("json"), "topic 'orders'")
                    .contains("not entitled. Grant the user this right");
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongMessageType(Asks who) throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().messageTypes("nvfix").start()) {
            assertThat(failure(who, NumberedMessages.source(server)))
                    .contains(OURS, server.uri("json"), "message type 'json'")
                    .contains("invalid message type. Use a message type in the URI");
        }
    }

    @Test
    void badFilter() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            assertThat(failure(NumberedMessages.source(server).setFilter("/n = = 1")))
                    .contains(OURS, server.uri("json"), "topic 'orders', filter '/n = = 1'")
                    .contains("bad filter. Correct the content filter");
        }
    }

    @Test
    void patternThatTheServerDoesNotTake() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            server.faults().failSubscribes("bad regex topic", 1);
            assertThat(failure(NumberedMessages.source(server).setTopicPattern("orders-.*")))
                    .contains(OURS, server.uri("json"), "orders-.*")
                    .contains("bad regex topic. Correct the regular expression");
        }
    }

    @Test
    void topicThatIsNotInTheLog() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().logged(topic -> false).start()) {
            assertThat(failure(NumberedMessages.source(server)))
                    .contains(OURS, server.uri("json"), "topic 'orders'", "invalid topic")
                    .contains("keeps it in its transaction log if it is to be replayed");
        }
    }

    /** A server that does not refuse the replay delivers messages that cannot be found again. */
    @Test
    void messagesWithoutABookmark() throws Exception {
        try (AmpsStandIn server =
                AmpsStandIn.builder()
                        .logged(topic -> false)
                        .ambiguities(Ambiguities.defaults().withUnloggedBookmarkFails(false))
                        .start()) {
            JobClient job = jobs.job(NumberedMessages.source(server)).start();
            Await.until(
                    "the subscription",
                    SequenceLedger.PATIENCE,
                    () -> !server.subscriptions().isEmpty());
            server.publish("orders", NumberedMessages.body("alice", 0));
            assertThat(TestJobs.awaitFailure(job))
                    .contains(OURS, server.uri("json"), "topic 'orders'", "without a bookmark")
                    .contains("TransactionLog", "setSubscriptionKind(LIVE)");
        }
    }

    private String failure(Asks who, AmpsSourceBuilder<Tuple2<String, Long>> source)
            throws Exception {
        return failure(source.setStartPosition(who.start));
    }

    private String failure(AmpsSourceBuilder<Tuple2<String, Long>> source) throws Exception {
        String reasons = TestJobs.awaitFailure(jobs.job(source).start());
        assertThat(reasons).doesNotContain(PASSWORD);
        return reasons;
    }

    private static AmpsSourceBuilder<Tuple2<String, Long>> asUser(AmpsStandIn server) {
        AmpsConnectionOptionsBuilder connection =
                NumberedMessages.connection(server).setUser(USER).setPassword(PASSWORD);
        return NumberedMessages.source(connection.build()).setTopics("orders");
    }
}
