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

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;

import org.apache.flink.annotation.Internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The connections that one attempt has open, so that it can be broken off from another thread,
 * whatever it waits for.
 */
@Internal
final class AttemptConnections {

    private final AmpsConnectionFactory factory;
    private final AmpsServerUri server;
    private final Set<AmpsConnection> open = new HashSet<>();
    private boolean cancelled;

    AttemptConnections(AmpsConnectionFactory factory, AmpsServerUri server) {
        this.factory = factory;
        this.server = server;
    }

    /**
     * Connects and logs on; blocks.
     *
     * @throws CancellationException if the attempt was broken off
     */
    AmpsConnection open(String clientName) {
        AmpsConnection connection = factory.create(server, clientName);
        boolean late;
        synchronized (open) {
            late = cancelled;
            open.add(connection);
        }
        if (late) {
            close(connection);
            throw new CancellationException("The attempt was broken off.");
        }
        connection.open();
        return connection;
    }

    void close(AmpsConnection connection) {
        synchronized (open) {
            open.remove(connection);
        }
        connection.close();
    }

    /**
     * Leaves the connection to the caller, who closes it from now on.
     *
     * @throws CancellationException if the attempt was broken off, and the connection closed
     */
    void handOver(AmpsConnection connection) {
        synchronized (open) {
            if (!open.remove(connection)) {
                throw new CancellationException("The attempt was broken off.");
            }
        }
    }

    boolean isCancelled() {
        synchronized (open) {
            return cancelled;
        }
    }

    /** Closes all of them. The attempt fails, if it is not at its end already. Any thread. */
    void cancel() {
        List<AmpsConnection> left;
        synchronized (open) {
            cancelled = true;
            left = List.copyOf(open);
            open.clear();
        }
        left.forEach(AmpsConnection::close);
    }
}
