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

import io.activedataflow.flink.connector.amps.standin.sow.SowChange;
import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;

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
    private final Durability durability;
    private final Queues queues;
    private final StateOfTheWorld world;
    private final Faults faults;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Map<String, Session> names = new HashMap<>();
    private final Object order = new Object();
    private long lastMicros;

    Broker(Settings settings, TransactionLog log) {
        this.settings = settings;
        this.log = log;
        this.durability = new Durability(log);
        this.lastMicros = log.timestamps().map(TransactionLog.Ends::newest).orElse(Long.MIN_VALUE);
        this.queues = new Queues(settings, log);
        this.world = new StateOfTheWorld(settings.sowTopics());
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

    StateOfTheWorld stateOfTheWorld() {
        return world;
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
    LogEntry publish(Publication publication) throws Rejected {
        return publish(publication, null);
    }

    /**
     * As {@link #publish(Publication)}, with a timestamp.
     *
     * @param micros null for now
     */
    LogEntry publish(Publication publication, Long micros) throws Rejected {
        synchronized (order) {
            expire();
            Publication whole = world.completed(publication);
            if (!log.advance(publication.publisherId(), publication.sequence())) {
                return null;
            }
            return accept(whole, micros == null ? now() : micros);
        }
    }

    /** Takes a message whose numbering is left to this instance. */
    LogEntry publishUnsequenced(String clientName, Publication publication) throws Rejected {
        synchronized (order) {
            expire();
            Publication whole = world.completed(publication);
            long id = settings.publisherIds().ofUnsequenced(clientName, settings.name());
            return accept(whole.numbered(id, log.nextSequence(id)), now());
        }
    }

    /** Does something while nothing is published and the state of the world does not change. */
    void inOrder(Runnable step) {
        synchronized (order) {
            expire();
            step.run();
        }
    }

    /** How many records a command has removed, out of how many that were looked at. */
    record Deletion(long matches, long examined) {}

    /**
     * Removes records.
     *
     * @param publisher who has numbered the command; null if nobody has
     * @return null if the command is a duplicate, which is discarded
     */
    Deletion delete(SowTable table, SowSelection selection, Long publisher, long sequence) {
        synchronized (order) {
            expire();
            if (publisher != null && !log.advance(publisher, sequence)) {
                return null;
            }
            List<SowRecord> candidates = selection.candidates(table);
            long matches = 0;
            for (SowRecord row : candidates) {
                if (selection.matches(table, row)) {
                    deliver(table.delete(row.key(), now(), SowChange.Cause.DELETED));
                    matches++;
                }
            }
            return new Deletion(matches, candidates.size());
        }
    }

    /** Publishes a message of the server itself to its readers of JSON; it is never logged. */
    void publishEvent(String topic, byte[] body) {
        synchronized (order) {
            Message event = new Message(false, 0, 0, topic, now(), Body.of(body), null, null, null);
            for (Session session : sessions) {
                if ("json".equals(session.identity().messageType())) {
                    session.deliver(event, null);
                }
            }
        }
    }

    private void expire() {
        world.expire(now()).forEach(this::deliver);
    }

    private void deliver(SowChange change) {
        for (Session session : sessions) {
            session.deliver(change);
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
                        publication.user(),
                        publication.sowKey());
        SowChange change = world.keep(publication, micros, logged);
        for (Session session : sessions) {
            session.deliver(message, change);
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
                publication.user(),
                message.sowKey());
    }

    /** The time, which never goes back. */
    private long now() {
        lastMicros = Math.max(lastMicros, settings.clock().getAsLong());
        return lastMicros;
    }
}
