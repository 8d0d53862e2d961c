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

import io.activedataflow.flink.connector.amps.testutils.Await;

import com.crankuptheamps.client.Authenticator;
import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.exception.AuthenticationException;
import com.crankuptheamps.client.exception.ConnectionException;
import com.crankuptheamps.client.exception.NameInUseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the official client gets a connection, keeps it and loses it. */
@Timeout(60)
class OfficialClientLogonITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TIMEOUT = 10_000;

    private final AtomicReference<AmpsStandIn> started = new AtomicReference<>();

    @AfterEach
    void stop() {
        started.get().close();
    }

    private AmpsStandIn start() {
        return start(AmpsStandIn.builder());
    }

    private AmpsStandIn start(AmpsStandIn.Builder builder) {
        started.set(builder.persistedAckInterval(Duration.ofMillis(50)).start());
        return started.get();
    }

    private Client connected(String name) throws Exception {
        Client client = new Client(name);
        client.connect(started.get().uri("json"));
        client.logon(TIMEOUT);
        return client;
    }

    @Test
    void challengeIsAnsweredByTheAuthenticator() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        AmpsStandIn server =
                start(
                        AmpsStandIn.builder()
                                .authentication(
                                        (name, user, password, round) -> {
                                            seen.add(user + ":" + password);
                                            return round < 3
                                                    ? new Authentication.Retry(user, "c" + round)
                                                    : new Authentication.Accept();
                                        }));
        Authenticator authenticator =
                new Authenticator() {
                    @Override
                    public String authenticate(String user, String password) {
                        return "token";
                    }

                    @Override
                    public String retry(String user, String password) {
                        return "answer to " + password;
                    }

                    @Override
                    public void completed(String user, String password, int reason) {
                        seen.add("completed");
                    }
                };
        try (Client client = new Client("client")) {
            client.connect(server.uri("json").replace("//", "//bob:secret@"));
            client.logon(TIMEOUT, authenticator);

            assertThat(seen)
                    .containsExactly(
                            "bob:token", "bob:answer to c1", "bob:answer to c2", "completed");
        }
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        AmpsStandIn server =
                start(AmpsStandIn.builder().authentication(Authentication.user("bob", "secret")));
        try (Client client = new Client("client")) {
            client.connect(server.uri("json").replace("//", "//bob:wrong@"));
            assertThatThrownBy(() -> client.logon(TIMEOUT))
                    .isInstanceOf(AuthenticationException.class);
        }
        try (Client client = new Client("client")) {
            client.connect(server.uri("json").replace("//", "//bob:secret@"));
            client.logon(TIMEOUT);
            assertThat(server.clientNames()).containsExactly("client");
        }
    }

    @Test
    void messageTypeThatIsNotConfiguredIsRefused() throws Exception {
        AmpsStandIn server = start(AmpsStandIn.builder().messageTypes("nvfix"));
        try (Client client = new Client("client")) {
            client.connect(server.uri("json"));
            assertThatThrownBy(() -> client.logon(TIMEOUT))
                    .isInstanceOf(ConnectionException.class)
                    .hasStackTraceContaining("InvalidMessageTypeException");
        }
    }

    @Test
    void newerConnectionOfTheSameUserTakesTheName() throws Exception {
        AmpsStandIn server = start();
        try (Client older = connected("same");
                Client newer = connected("same")) {
            Await.until("one connection", PATIENCE, () -> server.connectionCount() == 1);
            newer.publish("orders", "m");
            newer.publishFlush(TIMEOUT);
            assertThatThrownBy(() -> older.publishFlush(TIMEOUT)).isInstanceOf(Exception.class);
        }
    }

    @Test
    void nameOfAnotherUserCannotBeTaken() throws Exception {
        AmpsStandIn server = start();
        try (Client alice = new Client("same");
                Client bob = new Client("same")) {
            alice.connect(server.uri("json").replace("//", "//alice:x@"));
            alice.logon(TIMEOUT);
            bob.connect(server.uri("json").replace("//", "//bob:x@"));
            assertThatThrownBy(() -> bob.logon(TIMEOUT)).isInstanceOf(NameInUseException.class);
            alice.publishFlush(TIMEOUT);
        }
    }

    @Test
    void clientWithHeartbeatsStaysAndSeesTheirEnd() throws Exception {
        AmpsStandIn server = start();
        List<Integer> states = new CopyOnWriteArrayList<>();
        try (Client client = new Client("client")) {
            client.addConnectionStateListener(states::add);
            client.setHeartbeat(1, 3);
            client.connect(server.uri("json"));
            client.logon(TIMEOUT);
            long connectedAt = System.nanoTime();
            // Longer than the server tolerates silence.
            Await.until(
                    "four seconds",
                    PATIENCE,
                    () -> System.nanoTime() - connectedAt > Duration.ofSeconds(4).toNanos());
            assertThat(server.clientNames()).containsExactly("client");

            server.faults().stopHeartbeats(true);
            // Shutdown: what a plain client does without a server.
            Await.until("the client gives up", PATIENCE, () -> states.contains(0));
        }
    }

    @Test
    void preflightIsAnswered() throws Exception {
        AmpsStandIn server = start();
        try (Client client = new Client("client")) {
            client.connect(server.uri("json") + "?http_preflight=true");
            client.logon(TIMEOUT);

            assertThat(server.clientNames()).containsExactly("client");
        }
    }
}
