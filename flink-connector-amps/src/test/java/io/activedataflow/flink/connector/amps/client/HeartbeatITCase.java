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

import io.activedataflow.flink.connector.amps.AmpsTlsOptions;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.client.RecordingHandler.Disconnected;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.TestCertificates;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Signs of life, with the shortest interval that AMPS knows. */
@Timeout(120)
class HeartbeatITCase {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AmpsStandIn server = AmpsStandIn.builder().start();
    private final TestConnections connections = new TestConnections();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void stop() {
        gate.countDown();
        connections.close();
        server.close();
    }

    @Test
    void withoutBeatsAServerCutsAConnectionWhoseHandlerBlocks() throws Exception {
        RecordingHandler handler = RecordingHandler.blocked(entered, gate);
        subscribeWithHeartbeats(handler);
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        Await.until("the end of patience", PATIENCE, () -> server.connectionCount() == 0);
        gate.countDown();

        assertThat(handler.awaitEnd().kind()).isEqualTo(Kind.RETRIABLE);
    }

    @Test
    void beatsOfAnotherThreadKeepTheConnectionWhileTheHandlerBlocks() throws Exception {
        RecordingHandler handler = RecordingHandler.blocked(entered, gate);
        AmpsConnection connection = subscribeWithHeartbeats(handler);
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        long end = System.nanoTime() + INTERVAL.multipliedBy(4).toNanos();

        Await.until(
                "four intervals",
                PATIENCE,
                () -> {
                    connection.beat();
                    return System.nanoTime() > end;
                });

        assertThat(server.connectionCount()).isEqualTo(1);
        gate.countDown();
        server.publish("T", "two");
        handler.awaitMessages(2);
        assertThat(handler.bodies()).containsExactly("one", "two");
        assertThat(handler.all(Disconnected.class)).isEmpty();
    }

    @Test
    void serverThatFallsSilentIsGivenUp() {
        RecordingHandler handler = new RecordingHandler();
        subscribeWithHeartbeats(handler);
        handler.awaitMessages(1);

        server.faults().silence(true);

        assertThat(handler.awaitEnd().kind()).isEqualTo(Kind.RETRIABLE);
        connections.awaitNoThreads();
    }

    @Test
    void idleIntervalsDoNotDisturbAnEncryptedConnection() {
        TestCertificates certificates = TestCertificates.shared();
        AmpsTlsOptions tls =
                AmpsTlsOptions.builder()
                        .setCaFile(certificates.caCertificatePem().toString())
                        .build();
        try (AmpsStandIn encrypted =
                AmpsStandIn.builder()
                        .tls(certificates.context(certificates.serverKeyStore()))
                        .start()) {
            AmpsConnection connection =
                    connections.open(
                            TestConnections.options(encrypted.uri("json"))
                                    .setTls(tls)
                                    .setHeartbeatInterval(INTERVAL));
            RecordingHandler handler = new RecordingHandler();
            connection.subscribe(TestConnections.replay("T"), handler);
            long end = System.nanoTime() + INTERVAL.multipliedBy(4).toNanos();

            Await.until("four intervals", PATIENCE, () -> System.nanoTime() > end);
            encrypted.publish("T", "late");

            assertThat(handler.awaitMessages(1)).hasSize(1);
            assertThat(handler.all(Disconnected.class)).isEmpty();
        }
    }

    private AmpsConnection subscribeWithHeartbeats(RecordingHandler handler) {
        server.publish("T", "one");
        AmpsConnection connection =
                connections.open(
                        TestConnections.options(server.uri("json")).setHeartbeatInterval(INTERVAL));
        connection.subscribe(TestConnections.replay("T"), handler);
        return connection;
    }
}
