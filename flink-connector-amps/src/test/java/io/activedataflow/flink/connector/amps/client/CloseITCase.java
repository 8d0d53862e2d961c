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

import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.client.RecordingHandler.Disconnected;
import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Closing a connection ends whatever blocks in it, and its thread. */
@Timeout(120)
class CloseITCase {

    /** Ten times what is promised. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final TestConnections connections = new TestConnections();

    @AfterEach
    void stop() {
        connections.close();
    }

    @Test
    void whileConnecting() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);
            AmpsConnection connection = connections.create(TestConnections.options(uri(full)));
            CompletableFuture<AmpsException> failure = inBackground(connection::open);
            awaitBlockedIn("connect");

            closeInTime(connection);

            assertClosed(failure);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void whileShakingHands() throws Exception {
        try (ScriptedServer silent = new ScriptedServer(ScriptedServer.Peer::freeze)) {
            AmpsConnection connection =
                    connections.create(
                            TestConnections.options(silent.uri().replace("tcp:", "tcps:")));
            CompletableFuture<AmpsException> failure = inBackground(connection::open);
            awaitBlockedIn("startHandshake");

            closeInTime(connection);

            assertClosed(failure);
        }
    }

    @Test
    void whileLoggingOn() throws Exception {
        try (ScriptedServer silent = new ScriptedServer(ScriptedServer.Peer::freeze)) {
            AmpsConnection connection = connections.create(TestConnections.options(silent.uri()));
            CompletableFuture<AmpsException> failure = inBackground(connection::open);
            awaitBlockedIn("logon");

            closeInTime(connection);

            assertClosed(failure);
            connections.awaitNoThreads();
        }
    }

    @Test
    void whileSubscribing() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            AmpsConnection connection = connections.open(server.uri("json"));
            server.faults().withholdAck("processed");
            RecordingHandler handler = new RecordingHandler();
            CompletableFuture<AmpsException> failure =
                    inBackground(() -> connection.subscribe(TestConnections.replay("T"), handler));
            awaitBlockedIn("executeAsync");

            closeInTime(connection);

            assertClosed(failure);
            connections.awaitNoThreads();
            assertThat(handler.events()).isEmpty();
        }
    }

    @Test
    void whileReading() {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            AmpsConnection connection = connections.open(server.uri("json"));
            RecordingHandler handler = new RecordingHandler();
            connection.subscribe(TestConnections.replay("T"), handler);

            closeInTime(connection);

            assertThat(connections.threads()).isEmpty();
            assertThat(handler.all(Disconnected.class)).isEmpty();
        }
    }

    @Test
    void whileWriting() throws Exception {
        ScriptedServer.Script deaf =
                peer -> {
                    peer.acceptLogon();
                    peer.freeze();
                };
        try (ScriptedServer server = new ScriptedServer(deaf)) {
            AmpsConnection connection = connections.open(server.uri());
            CountDownLatch closed = new CountDownLatch(1);
            CompletableFuture<AmpsException> beats =
                    inBackground(
                            () -> {
                                while (closed.getCount() > 0) {
                                    connection.beat();
                                }
                            });
            awaitBlockedIn("beat", "write");

            closeInTime(connection);
            closed.countDown();

            assertThat(beats.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isNull();
            connections.awaitNoThreads();
        }
    }

    @Test
    void whileAHandlerBlocksAndIsReleasedLater() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            server.publish("T", "one");
            server.publish("T", "two");
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            RecordingHandler handler = RecordingHandler.blocked(entered, gate);
            AmpsConnection connection = connections.open(server.uri("json"));
            connection.subscribe(TestConnections.replay("T"), handler);
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

            closeInTime(connection);
            assertThat(connections.threads()).hasSize(1);
            gate.countDown();

            connections.awaitNoThreads();
            assertThat(handler.bodies()).containsExactly("one");
            assertThat(handler.events()).hasSize(1);
        }
    }

    @Test
    void fromTheHandlerItself() {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            server.publish("T", "one");
            server.publish("T", "two");
            AmpsConnection connection = connections.open(server.uri("json"));
            RecordingHandler handler = new RecordingHandler(message -> connection.close());

            connection.subscribe(TestConnections.replay("T"), handler);

            connections.awaitNoThreads();
            assertThat(handler.bodies()).containsExactly("one");
            assertThat(handler.events()).hasSize(1);
        }
    }

    @Test
    void beforeItWasOpened() {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            AmpsConnection connection =
                    connections.create(TestConnections.options(server.uri("json")));

            connection.beat();
            connection.close();
            connection.close();

            AmpsException failure = catchThrowableOfType(AmpsException.class, connection::open);
            assertThat(failure.kind()).isEqualTo(Kind.RETRIABLE);
            assertThat(failure).hasMessageContaining("was closed while it was in use");
        }
    }

    @Test
    void lossThatABeatFindsOutIsToldAfterTheHandlerReturned() throws Exception {
        try (AmpsStandIn server = AmpsStandIn.builder().start()) {
            for (int i = 1; i <= 3; i++) {
                server.publish("T", "m" + i);
            }
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            RecordingHandler handler = RecordingHandler.blocked(entered, gate);
            AmpsConnection connection = connections.open(server.uri("json"));
            connection.subscribe(TestConnections.replay("T"), handler);
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            server.faults().dropConnections();

            // The first may still be taken by the operating system.
            for (int i = 0; i < 100; i++) {
                connection.beat();
            }
            assertThat(handler.events()).isEmpty();
            gate.countDown();

            assertThat(handler.awaitEnd().kind()).isEqualTo(Kind.RETRIABLE);
            assertThat(handler.bodies()).isNotEmpty();
            assertThat(handler.all(Disconnected.class)).hasSize(1);
            assertThat(handler.events().get(handler.events().size() - 1))
                    .isInstanceOf(Disconnected.class);
        }
    }

    private static void closeInTime(AmpsConnection connection) {
        long start = System.nanoTime();
        connection.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    private static void assertClosed(CompletableFuture<AmpsException> failure)
            throws InterruptedException, ExecutionException, TimeoutException {
        AmpsException cause = failure.get(BOUND.toSeconds(), TimeUnit.SECONDS);
        assertThat(cause.kind()).isEqualTo(Kind.RETRIABLE);
        assertThat(cause).hasMessageContaining("was closed while it was in use");
    }

    /** Runs in a thread of its own; the result is what it throws, or null. */
    private static CompletableFuture<AmpsException> inBackground(Runnable work) {
        CompletableFuture<AmpsException> failure = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                                failure.complete(null);
                            } catch (AmpsException e) {
                                failure.complete(e);
                            } catch (RuntimeException | Error e) {
                                failure.completeExceptionally(e);
                            }
                        },
                        "test-background");
        thread.setDaemon(true);
        thread.start();
        return failure;
    }

    /** Waits until the thread in the background is in all these methods at two looks in a row. */
    private static void awaitBlockedIn(String... methods) {
        List<StackTraceElement> before = new ArrayList<>();
        Await.until(
                "a thread that blocks in " + List.of(methods),
                Duration.ofSeconds(60),
                () -> {
                    List<StackTraceElement> stack = backgroundStack();
                    boolean same = !stack.isEmpty() && stack.equals(before);
                    before.clear();
                    before.addAll(stack);
                    return same
                            && List.of(methods).stream()
                                    .allMatch(
                                            method ->
                                                    stack.stream()
                                                            .anyMatch(
                                                                    frame ->
                                                                            frame.getMethodName()
                                                                                    .contains(
                                                                                            method)));
                },
                before::toString);
    }

    private static List<StackTraceElement> backgroundStack() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals("test-background"))
                .findFirst()
                .map(entry -> List.of(entry.getValue()))
                .orElse(List.of());
    }

    private static String uri(ServerSocket socket) {
        return "tcp://127.0.0.1:" + socket.getLocalPort() + "/amps/json";
    }

    /** Connects until the queue of connections that nobody accepts is full. */
    private static void fill(ServerSocket listener, List<Socket> sockets) throws IOException {
        while (true) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), listener.getLocalPort()),
                        300);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }
}
