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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.AmpsException;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A failover list of two servers that do what the test says, and keep an account of what they are
 * asked. Questions about the log are answered from what the test has said of it; what is to be
 * delivered to a subscription, the test pushes through {@link FakeSubscription}.
 */
final class FakeServers implements AmpsConnectionFactory {

    static final AmpsServerUri A = uri("a");
    static final AmpsServerUri B = uri("b");

    private static final long serialVersionUID = 1L;

    private final transient Map<AmpsServerUri, Behaviour> behaviours =
            new HashMap<>(Map.of(A, new Behaviour(), B, new Behaviour()));
    private final transient List<FakeConnection> connections = new CopyOnWriteArrayList<>();
    private final transient List<FakeSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final transient List<FakeConnection.Settled> settled = new CopyOnWriteArrayList<>();

    /** What one server does, and what its log has. */
    static final class Behaviour {
        private final Deque<AmpsException> openFailures = new ArrayDeque<>();
        private final Deque<AmpsException> refusals = new ArrayDeque<>();
        private @Nullable AmpsException always;
        private boolean silent;
        private boolean silentToQuestions;
        private boolean silentToQueues;
        private int version = 5_03_05_03;
        private @Nullable AmpsBookmark logEnd;
        private @Nullable String oldestBookmark;
        private long oldestSecond;

        /** The next connections fail, one for each of these. */
        synchronized Behaviour failToOpen(AmpsException... causes) {
            openFailures.addAll(Arrays.asList(causes));
            return this;
        }

        /** From now on all connections fail; null for none. */
        synchronized Behaviour isDown(@Nullable AmpsException cause) {
            always = cause;
            return this;
        }

        /** The next subscriptions are refused, one for each of these. */
        synchronized Behaviour refuse(AmpsException... causes) {
            refusals.addAll(Arrays.asList(causes));
            return this;
        }

        /** Accepts connections and does not answer, until they are closed. */
        synchronized Behaviour isSilent() {
            silent = true;
            return this;
        }

        /** Answers anything but what its oldest message is. */
        synchronized Behaviour doesNotTellItsOldest() {
            silentToQuestions = true;
            return this;
        }

        /** Leaves it to the test to answer acknowledgements. */
        synchronized Behaviour doesNotAnswerQueues() {
            silentToQueues = true;
            return this;
        }

        synchronized boolean answersQueues() {
            return !silentToQueues;
        }

        synchronized Behaviour version(int newVersion) {
            version = newVersion;
            return this;
        }

        synchronized Behaviour logEndsAt(String bookmark) {
            logEnd = AmpsBookmark.parse(bookmark);
            return this;
        }

        synchronized Behaviour oldestIs(String bookmark, long second) {
            oldestBookmark = bookmark;
            oldestSecond = second;
            return this;
        }

        @Nullable
        synchronized AmpsException nextOpenFailure() {
            return always != null ? always : openFailures.poll();
        }

        @Nullable
        synchronized AmpsException nextRefusal() {
            return refusals.poll();
        }

        synchronized boolean silent() {
            return silent;
        }

        synchronized boolean silentToQuestions() {
            return silentToQuestions;
        }

        synchronized int version() {
            return version;
        }

        @Nullable
        synchronized AmpsBookmark logEnd() {
            return logEnd;
        }

        /** The oldest message, or null if the log is empty. */
        @Nullable
        synchronized TestDelivery oldest() {
            return oldestBookmark == null
                    ? null
                    : FakeSubscription.message(oldestBookmark, oldestSecond);
        }
    }

    private static AmpsServerUri uri(String host) {
        return new AmpsServerUri("tcp://" + host + ":9007/amps/json", host, 9007, false, "json");
    }

    static AmpsException retriable(String message) {
        return new AmpsException(AmpsException.Kind.RETRIABLE, message, null);
    }

    static AmpsException fatal(String message) {
        return new AmpsException(AmpsException.Kind.FATAL, message, null);
    }

    static AmpsException unknownBookmark() {
        return new AmpsException(
                AmpsException.Kind.BOOKMARK_NOT_FOUND, "it does not know this bookmark.", null);
    }

    Behaviour a() {
        return behaviours.get(A);
    }

    Behaviour b() {
        return behaviours.get(B);
    }

    Behaviour behaviour(AmpsServerUri server) {
        return behaviours.get(server);
    }

    /** Those that were to deliver, without questions about the log, in the order of opening. */
    List<FakeSubscription> subscriptions() {
        return subscriptions;
    }

    void subscribed(FakeSubscription subscription) {
        subscriptions.add(subscription);
    }

    /** What queues were told, in order. */
    List<FakeConnection.Settled> settled() {
        return settled;
    }

    void settled(FakeConnection.Settled settlement) {
        settled.add(settlement);
        if (behaviour(settlement.connection().server()).answersQueues()
                && settlement.answer() != null) {
            settlement.answer().onProcessed();
        }
    }

    /** All connections so far. */
    List<FakeConnection> connections() {
        return connections;
    }

    List<FakeConnection> openConnections() {
        return connections.stream().filter(connection -> !connection.isClosed()).toList();
    }

    @Override
    public List<AmpsServerUri> servers() {
        return List.of(A, B);
    }

    @Override
    public AmpsConnection create(AmpsServerUri server, String clientName) {
        FakeConnection connection = new FakeConnection(this, server, clientName);
        connections.add(connection);
        return connection;
    }

    @Override
    public String toString() {
        return "a:9007, b:9007";
    }
}
