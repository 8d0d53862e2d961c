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

import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.queue.QueueView;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import javax.net.ssl.SSLContext;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A stand-in for one AMPS server instance, for tests on one machine: logon, publish, plain and
 * bookmark subscriptions, the state of the world and message queues over the {@code amps} protocol.
 * What it does not do it answers with a failure acknowledgement. Whatever is proven against it is
 * proven of the client side, not of AMPS. Thread-safe.
 */
public final class AmpsStandIn implements AutoCloseable {

    private final Broker broker;
    private final Endpoints endpoints;
    private final DirectCommands direct;
    private final SowControl sow;
    private final Chores chores;

    private AmpsStandIn(Builder builder) {
        this.broker =
                new Broker(
                        new Settings(
                                builder.name,
                                builder.logged,
                                builder.messageTypes,
                                builder.authentication,
                                builder.entitlement,
                                builder.tls,
                                builder.demandsCertificates,
                                builder.version,
                                builder.clock,
                                builder.ambiguities,
                                builder.persistedAckInterval,
                                new PublisherIds(builder.publisherIds),
                                List.copyOf(builder.queues),
                                List.copyOf(builder.sowTopics),
                                builder.sowStatsInterval,
                                builder.trace),
                        builder.log);
        this.direct = new DirectCommands(broker);
        this.sow = new SowControl(broker, direct);
        this.chores = Chores.of(broker);
        this.endpoints = new Endpoints(broker, builder.wanted());
    }

    /** A server with everything at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The publisher id that is derived from a client name unless the builder fixes another. */
    public static long publisherId(String clientName) {
        return PublisherIds.hash(clientName);
    }

    /** Listens from now on. */
    public AmpsStandIn start() {
        broker.queues().open();
        chores.start();
        endpoints.open();
        return this;
    }

    /** Closes all ports and all connections; the log stays. */
    public void stop() {
        endpoints.close();
        broker.closeSessions("server stopped");
        broker.queues().close();
        chores.stop();
    }

    /** Stops and starts again on the same ports with the same log. */
    public void restart() {
        stop();
        start();
    }

    /** As {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** Refuses connections of clients, while the open ones stay, or accepts them again. */
    public void refuseConnections(boolean refuse) {
        if (refuse) {
            endpoints.closeClientPorts();
        } else {
            endpoints.openClientPorts();
        }
    }

    /** Where clients with a message type connect to, without user and password. */
    public String uri(String messageType) {
        return endpoints.uri(messageType);
    }

    /** As {@link #uri}, for clients that speak WebSocket. */
    public String webSocketUri(String messageType) {
        return endpoints.webSocketUri(messageType);
    }

    /** Where the administration interface is, without a path. */
    public String adminUri() {
        return admin().uri();
    }

    /** The administration interface, another one after each start. */
    public AdminEndpoint admin() {
        return endpoints.admin();
    }

    /** What the administration interface lists besides what clients do. */
    public AdminTopics adminTopics() {
        return endpoints.adminTopics();
    }

    /** The port for TCP, 0 before the first start. */
    public int port() {
        return endpoints.port();
    }

    /** The name of this instance. */
    public String name() {
        return broker.settings().name();
    }

    /** The log of this instance. */
    public TransactionLog log() {
        return broker.log();
    }

    /** A message queue that the builder was told of. */
    public QueueView queue(String topic) {
        return broker.queues().view(topic);
    }

    /** The state of the world. */
    public SowControl sow() {
        return sow;
    }

    /** Fault injection. */
    public Faults faults() {
        return broker.faults();
    }

    /**
     * Publishes as if a client of that name had done so.
     *
     * @param sequence unsigned
     * @return null if it is not above the highest sequence of the publisher and so discarded
     */
    public LogEntry publish(String publisher, long sequence, String topic, byte[] body) {
        return publish(publisher, sequence, topic, body, null);
    }

    /** As {@link #publish(String, long, String, byte[])}, with a correlation id. */
    public LogEntry publish(
            String publisher, long sequence, String topic, byte[] body, String correlationId) {
        return direct.publish(publisher, sequence, topic, body, correlationId);
    }

    /** Publishes without a sequence, so that this instance numbers the message. */
    public LogEntry publish(String topic, byte[] body) {
        return direct.publish(topic, body);
    }

    /** As {@link #publish(String, byte[])}, of a text. */
    public LogEntry publish(String topic, String body) {
        return publish(topic, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes over a message of another instance, as replication does: the same publisher, sequence
     * and body, but the next position and the time of this instance.
     *
     * @return null if it is here already, or a later one of its publisher
     */
    public LogEntry replicate(LogEntry entry) {
        return direct.replicate(entry, null);
    }

    /** As {@link #replicate(LogEntry)}, with a server timestamp of this instance. */
    public LogEntry replicate(LogEntry entry, long timestampMicros) {
        return direct.replicate(entry, timestampMicros);
    }

    /** Forgets the log, what publishers have sent and what queues hold; subscriptions go on. */
    public void wipeLog() {
        broker.log().wipe();
        broker.queues().wipe();
    }

    /** Forgets the log before a position. */
    public void pruneBefore(long position) {
        broker.log().pruneBefore(position);
    }

    /** The names of the clients that are logged on, sorted. */
    public Set<String> clientNames() {
        return broker.clientNames();
    }

    /** All subscriptions of all clients. */
    public List<SubscriptionView> subscriptions() {
        return broker.subscriptions();
    }

    /** How many connections are open. */
    public int connectionCount() {
        return broker.sessions().size();
    }

    /** Configures a server. */
    public static final class Builder extends EndpointBuilder<Builder> {

        private final Map<String, Long> publisherIds = new HashMap<>();
        private String name = "standin";
        private Predicate<String> logged = topic -> true;
        private Set<String> messageTypes =
                Set.of("json", "nvfix", "fix", "xml", "binary", "bson", "msgpack");
        private Authentication authentication = Authentication.anybody();
        private Entitlement entitlement = Entitlement.everything();
        private SSLContext tls;
        private boolean demandsCertificates;
        private String version = "5.3.5.3";
        private LongSupplier clock = Timestamps::now;
        private Ambiguities ambiguities = Ambiguities.defaults();
        private Duration persistedAckInterval = Duration.ofSeconds(1);
        private TransactionLog log = new TransactionLog();
        private Consumer<String> trace;
        private final List<QueueDefinition> queues = new ArrayList<>();
        private final List<SowTopic> sowTopics = new ArrayList<>();
        private Duration sowStatsInterval;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** The name of the instance; default {@code standin}. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Which topics are in the transaction log; default all. */
        public Builder logged(Predicate<String> value) {
            logged = value;
            return this;
        }

        /** The message types that clients may use; default all that need no configuration. */
        public Builder messageTypes(String... values) {
            messageTypes = Set.of(values);
            return this;
        }

        /** Who may log on; default everybody. */
        public Builder authentication(Authentication value) {
            authentication = value;
            return this;
        }

        /** Who may read and write what; default everybody everything. */
        public Builder entitlement(Entitlement value) {
            entitlement = value;
            return this;
        }

        /** Speak TLS with this key on all ports; default plain. */
        public Builder tls(SSLContext value) {
            tls = value;
            return this;
        }

        /** Whether clients have to show a certificate where TLS is spoken; default no. */
        public Builder demandCertificates(boolean value) {
            demandsCertificates = value;
            return this;
        }

        /** The version that clients are told; default {@code 5.3.5.3}. */
        public Builder version(String value) {
            version = value;
            return this;
        }

        /** The clock, microseconds since 1970 UTC; default the system clock. */
        public Builder clock(LongSupplier micros) {
            clock = micros;
            return this;
        }

        /** How to behave where the documentation is not clear. */
        public Builder ambiguities(Ambiguities value) {
            ambiguities = value;
            return this;
        }

        /** How often persisted acknowledgements are sent unless the client says; default 1 s. */
        public Builder persistedAckInterval(Duration value) {
            persistedAckInterval = value;
            return this;
        }

        /** Start with the log of an earlier server; default an empty one. */
        public Builder log(TransactionLog value) {
            log = value;
            return this;
        }

        /** The publisher id of a client name; default a hash of the name. */
        public Builder publisherId(String clientName, long id) {
            publisherIds.put(clientName, id);
            return this;
        }

        /** Adds a message queue; default none. */
        public Builder queue(QueueDefinition value) {
            queues.add(value);
            return this;
        }

        /** Keeps a topic in the state of the world; default none. */
        public Builder sow(SowTopic value) {
            sowTopics.add(value);
            return this;
        }

        /** How often {@code /AMPS/SOWStats} is published; default never. */
        public Builder sowStatsInterval(Duration value) {
            sowStatsInterval = value;
            return this;
        }

        /** Takes every frame as a line of text, on the threads of the connections. */
        public Builder trace(Consumer<String> value) {
            trace = value;
            return this;
        }

        /** The server, not yet listening. */
        public AmpsStandIn build() {
            return new AmpsStandIn(this);
        }

        /** The server, listening. */
        public AmpsStandIn start() {
            return build().start();
        }
    }
}
