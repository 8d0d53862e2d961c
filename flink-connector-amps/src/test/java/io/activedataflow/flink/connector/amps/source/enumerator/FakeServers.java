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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsAnswerHandler;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscriptionHandler;
import io.activedataflow.flink.connector.amps.source.LogEnds;
import io.activedataflow.flink.connector.amps.source.LogSnapshot;
import io.activedataflow.flink.connector.amps.source.enumerator.subscriber.TopicFinder;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Servers of one failover list with the same topics and the same log, as far as the enumerator sees
 * them. Keeps an account of what is asked.
 */
public final class FakeServers implements AmpsConnectionFactory, LogEnds, TopicFinder {

    private static final long serialVersionUID = 1L;

    /** When {@link #silentFor silent} servers are asked. */
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final transient Set<String> topics = new LinkedHashSet<>();
    private final transient List<String> calls = new ArrayList<>();
    private final transient List<String> clientNames = new ArrayList<>();
    private final transient Deque<AmpsException> failures = new ArrayDeque<>();
    private transient Runnable beforeCall = () -> {};
    private transient AmpsBookmark end;
    private transient Predicate<String> silent = topic -> false;
    private int open;

    /** Topics that the administration interface lists. */
    public FakeServers add(String... names) {
        topics.addAll(List.of(names));
        return this;
    }

    /** The log, empty so far, ends with this message. */
    public FakeServers logEndsAt(long publisher, long sequence) {
        end = new AmpsBookmark(publisher, sequence);
        return this;
    }

    /** The servers do not say where their log ends if they are asked for such a topic. */
    public FakeServers silentFor(Predicate<String> topics) {
        silent = topics;
        return this;
    }

    /** The next questions fail, one for each of these. */
    public FakeServers failNext(AmpsException... causes) {
        failures.addAll(Arrays.asList(causes));
        return this;
    }

    /** Runs at the beginning of each question. */
    public FakeServers beforeCall(Runnable action) {
        beforeCall = action;
        return this;
    }

    /** {@code topics}, {@code open <host>} and {@code end <topic>}, as they came. */
    public List<String> calls() {
        return calls;
    }

    /** The names of all connections so far. */
    public List<String> clientNames() {
        return clientNames;
    }

    /** How many connections are open now. */
    public int openConnections() {
        return open;
    }

    private void called(String call) {
        calls.add(call);
        beforeCall.run();
        AmpsException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Set<String> topics(AmpsAdminOptions admin, String messageType) {
        called("topics of " + messageType);
        return Set.copyOf(topics);
    }

    @Override
    public LogSnapshot ask(AmpsConnection connection, AmpsTopic topic, Duration timeout) {
        called("end " + topic);
        String server = connection.server().text();
        return silent.test(topic.name())
                ? new LogSnapshot(server, false, null, NOW)
                : new LogSnapshot(server, true, end, NOW);
    }

    @Override
    public List<AmpsServerUri> servers() {
        return List.of(server("amps1"), server("amps2"));
    }

    private static AmpsServerUri server(String host) {
        return new AmpsServerUri("tcp://" + host + ":9007/amps/json", host, 9007, false, "json");
    }

    @Override
    public AmpsConnection create(AmpsServerUri server, String clientName) {
        clientNames.add(clientName);
        return new FakeConnection(server);
    }

    @Override
    public String toString() {
        return "amps1:9007, amps2:9007";
    }

    private final class FakeConnection implements AmpsConnection {

        private final AmpsServerUri server;
        private boolean isOpen;

        private FakeConnection(AmpsServerUri server) {
            this.server = server;
        }

        @Override
        public AmpsServerUri server() {
            return server;
        }

        @Override
        public void open() {
            called("open " + server.host());
            isOpen = true;
            open++;
        }

        @Override
        public void close() {
            if (isOpen) {
                isOpen = false;
                open--;
            }
        }

        @Override
        public int serverVersion() {
            return 5030503;
        }

        @Override
        public void subscribe(AmpsSubscribeCommand command, AmpsSubscriptionHandler handler) {
            throw new UnsupportedOperationException();
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
            throw new UnsupportedOperationException();
        }
    }
}
