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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.testutils.Await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Makes connections of a test, each with a name of its own, and sees that they leave no thread. */
final class TestConnections implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String prefix = "test-" + UUID.randomUUID() + '-';
    private final List<AmpsConnection> connections = new ArrayList<>();

    static AmpsConnectionOptionsBuilder options(String uri) {
        return AmpsConnectionOptions.servers(uri)
                .setConnectTimeout(PATIENCE)
                .setCommandTimeout(PATIENCE);
    }

    static AmpsSubscribeCommand replay(String topic, String... options) {
        return new AmpsSubscribeCommand(topic, null, "0", List.of(options), true);
    }

    AmpsConnection create(AmpsConnectionOptionsBuilder builder) {
        AmpsConnectionOptions options = builder.build();
        AmpsConnection connection =
                new ClientAmpsConnectionFactory(options)
                        .create(options.servers().get(0), nextName());
        connections.add(connection);
        return connection;
    }

    AmpsConnection open(AmpsConnectionOptionsBuilder options) {
        AmpsConnection connection = create(options);
        connection.open();
        return connection;
    }

    AmpsConnection open(String uri) {
        return open(options(uri));
    }

    /** The error with which it does not open. */
    AmpsException failureToOpen(AmpsConnectionOptionsBuilder options) {
        return catchThrowableOfType(AmpsException.class, create(options)::open);
    }

    /** The name of the connection that was made last. */
    String lastName() {
        return prefix + connections.size();
    }

    /** The client's threads that belong to connections of this test. */
    List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(prefix))
                .toList();
    }

    void awaitNoThreads() {
        Await.until(
                "the end of all threads",
                PATIENCE,
                () -> threads().isEmpty(),
                () -> threads().toString());
    }

    private String nextName() {
        return prefix + (connections.size() + 1);
    }

    /** Closes all. */
    @Override
    public void close() {
        connections.forEach(AmpsConnection::close);
        awaitNoThreads();
    }
}
