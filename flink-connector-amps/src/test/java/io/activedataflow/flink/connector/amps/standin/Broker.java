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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * One instance behind its connections: gives all publishes one order, logs them and hands them to
 * the connections. Lives on while the server is stopped. Thread-safe.
 */
final class Broker {

    private static final long PATIENCE_MILLIS = 5_000;

    private final Settings settings;
    private final TransactionLog log;
    private final Durability durability = new Durability();
    private final Queues queues;
    private final Faults faults;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Map<String, Session> names = new HashMap<>();
    private final Object order = new Object();
    private long lastMicros = Long.MIN_VALUE;

    Broker(Settings settings, TransactionLog log) {
        this.settings = settings;
        this.log = log;
        this.queues = new Queues(settings, log);
        this.faults = new Faults(this, queues.faults());
    }

    Settings settings() {
        return settings;
    }

    TransactionLog log() {
        return log;
    }

    Durability durability() {
        return durability;
    }

    Queues queues() {
        return queues;
    }

    Faults faults() {
        return faults;
    }

    List<Session> sessions() {
        return List.copyOf(sessions);
    }

    List<SubscriptionView> subscriptions() {
        return sessions.stream()
                .flatMap(session -> session.subscriptions().views().stream())
                .toList();
    }

    /** The names of the clients that are logged on, sorted. */
    Set<String> clientNames() {
        return sessions.stream()
                .map(Session::clientName)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Closes all connections and waits for their threads. */
    void closeSessions(String reason) {
        List<Session> open = sessions();
        open.forEach(session -> session.close(reason));
        try {
            for (Session session : open) {
                session.awaitEnd(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void entered(Session session) {
        sessions.add(session);
    }

    void left(Session session) {
        sessions.remove(session);
        synchronized (names) {
            names.values().remove(session);
        }
    }

    void wakeAll() {
        sessions.forEach(session -> session.writer().queue().signal());
    }

    /**
     * Gives a name to a connection. There is one connection per name: the older one of the same
     * user is cut.
     *
     * @throws Rejected if somebody else uses the name
     */
    void claim(Session session, Session.Identity identity) throws Rejected {
        Session older;
        synchronized (names) {
            older = names.get(identity.clientName());
            if (older != null && !Objects.equals(older.identity().user(), identity.user())) {
                throw new Rejected(Reason.NAME_IN_USE);
            }
            session.loggedOn(identity);
            names.put(identity.clientName(), session);
        }
        if (older != null) {
            older.close(Reason.NAME_IN_USE);
        }
    }

    /** The publisher id under which the messages of a client are logged. */
    long publisherId(String clientName) {
        return settings.publisherIds().of(clientName);
    }

    /**
     * Takes a numbered message of a publisher.
     *
     * @return null if it is a duplicate, which is discarded
     */
    LogEntry publish(Publication publication) {
        return publish(publication, null);
    }

    /**
     * As {@link #publish(Publication)}, with a timestamp.
     *
     * @param micros null for now
     */
    LogEntry publish(Publication publication, Long micros) {
        synchronized (order) {
            if (!log.advance(publication.publisherId(), publication.sequence())) {
                return null;
            }
            return accept(publication, micros == null ? now() : micros);
        }
    }

    /** Takes a message whose numbering is left to this instance. */
    LogEntry publishUnsequenced(
            String clientName, String topic, Body body, String correlationId, String user) {
        return publishUnsequenced(
                clientName, topic, body, correlationId, user, Publication.NO_LIFETIME);
    }

    /** As {@link #publishUnsequenced(String, String, Body, String, String)}, with a lifetime. */
    LogEntry publishUnsequenced(
            String clientName,
            String topic,
            Body body,
            String correlationId,
            String user,
            long lifetimeSeconds) {
        synchronized (order) {
            long id = settings.publisherIds().ofUnsequenced(clientName, settings.name());
            long sequence = log.nextSequence(id);
            return accept(
                    new Publication(
                            id, sequence, topic, body, correlationId, user, lifetimeSeconds),
                    now());
        }
    }

    private LogEntry accept(Publication published, long micros) {
        Publication publication = queues.target(published);
        boolean logged = settings.logged().test(publication.topic());
        long position = logged ? log.append(publication, micros) : LogEntry.NOT_LOGGED;
        Message message =
                new Message(
                        logged,
                        publication.publisherId(),
                        publication.sequence(),
                        publication.topic(),
                        micros,
                        publication.body(),
                        publication.correlationId(),
                        publication.user());
        for (Session session : sessions) {
            session.deliver(message);
        }
        queues.published(message, publication.lifetimeSeconds());
        return new LogEntry(
                position,
                publication.publisherId(),
                publication.sequence(),
                publication.topic(),
                micros,
                publication.body().copy(),
                publication.correlationId(),
                publication.user());
    }

    /** The time, which never goes back. */
    private long now() {
        lastMicros = Math.max(lastMicros, settings.clock().getAsLong());
        return lastMicros;
    }
}
