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

package io.activedataflow.flink.connector.amps.source.enumerator.initializer;

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.source.LogEnds;
import io.activedataflow.flink.connector.amps.source.LogSnapshot;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks one server of the failover list after the other where its log ends, each on a connection
 * that lives for the question. Worker thread, except {@link #close}.
 */
@Internal
public final class LogProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogProbe.class);

    private final AmpsConnectionFactory connections;
    private final LogEnds logEnds;
    private final String clientName;
    private final Duration timeout;

    private final AtomicReference<AmpsConnection> connection = new AtomicReference<>();
    private volatile boolean closed;
    private int nextServer;

    /**
     * @param clientName the beginning of the names of connections
     * @param timeout how long a server may take to answer
     */
    public LogProbe(
            AmpsConnectionFactory connections,
            LogEnds logEnds,
            String clientName,
            Duration timeout) {
        this.connections = connections;
        this.logEnds = logEnds;
        this.clientName = clientName;
        this.timeout = timeout;
    }

    /**
     * Asks the first server of the list; after a failure that may pass, the next attempt asks the
     * next server. One topic is enough to learn where the log ends; that it is empty has to hold
     * for every topic.
     *
     * @param topics at least one; all in the log
     * @throws AmpsException classified
     * @throws CancellationException if this is closed
     */
    public LogSnapshot ask(SortedSet<AmpsTopic> topics) {
        AmpsServerUri server = connections.servers().get(nextServer);
        try (AmpsConnection current = connect(server)) {
            current.open();
            LogSnapshot snapshot = null;
            for (AmpsTopic topic : topics) {
                if (snapshot == null || snapshot.isEmpty()) {
                    snapshot = logEnds.ask(current, topic, timeout);
                }
            }
            report(snapshot);
            return snapshot;
        } catch (AmpsException e) {
            if (e.isRetriable()) {
                nextServer = (nextServer + 1) % connections.servers().size();
            }
            throw e;
        } finally {
            connection.set(null);
        }
    }

    private AmpsConnection connect(AmpsServerUri server) {
        // The server cuts the older of two connections of one name.
        AmpsConnection current =
                connections.create(server, clientName + "-log-end-" + UUID.randomUUID());
        connection.set(current);
        // close() may have run meanwhile. Whichever thread looks second closes the connection.
        if (closed) {
            current.close();
            throw new CancellationException("The source is being closed.");
        }
        return current;
    }

    private static void report(LogSnapshot snapshot) {
        if (snapshot.told()) {
            LOG.info("The log of {} ends at {}.", snapshot.server(), snapshot.start());
        } else {
            LOG.warn(
                    "{} does not say where its log ends. The time of this machine counts instead,"
                            + " {}: what the server takes in around that time may lie before or"
                            + " after it, as far as the two clocks differ.",
                    snapshot.server(),
                    snapshot.start());
        }
    }

    /** Breaks off the question that is under way, and all that are to come. Any thread. */
    @Override
    public void close() {
        closed = true;
        AmpsConnection current = connection.getAndSet(null);
        if (current != null) {
            current.close();
        }
    }
}
