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

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The ports of a server. A port that was any at first stays the same. Thread-safe. */
final class Endpoints {

    private final Broker broker;
    private final AdminTopics adminTopics = new AdminTopics();
    private final Wanted wanted;
    private int port;
    private int webSocketPort;
    private int adminPort;
    private Listener listener;
    private Listener webSocketListener;
    private AdminEndpoint admin;

    /**
     * What to open.
     *
     * @param port 0 for any
     * @param anyAddress whether clients may come from other machines
     * @param adminPort 0 for any
     * @param adminCredentials null if everybody may ask
     */
    record Wanted(
            int port,
            boolean anyAddress,
            boolean webSocket,
            boolean admin,
            int adminPort,
            AdminEndpoint.Credentials adminCredentials) {}

    Endpoints(Broker broker, Wanted wanted) {
        this.broker = broker;
        this.wanted = wanted;
        this.port = wanted.port();
        this.adminPort = wanted.adminPort();
    }

    synchronized void open() {
        openClientPorts();
        if (admin == null && wanted.admin()) {
            admin =
                    AdminEndpoint.start(
                            new InstanceAdmin(broker, this),
                            adminPort,
                            broker.settings().tls(),
                            wanted.adminCredentials());
            adminPort = admin.port();
        }
    }

    synchronized void close() {
        closeClientPorts();
        if (admin != null) {
            admin.close();
            admin = null;
        }
    }

    synchronized void openClientPorts() {
        if (listener == null) {
            listener = Listener.start(broker, address(port), false);
            port = listener.port();
        }
        if (webSocketListener == null && wanted.webSocket()) {
            webSocketListener = Listener.start(broker, address(webSocketPort), true);
            webSocketPort = webSocketListener.port();
        }
    }

    synchronized void closeClientPorts() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
        if (webSocketListener != null) {
            webSocketListener.close();
            webSocketListener = null;
        }
    }

    /** Where clients with a message type connect to. */
    String uri(String messageType) {
        return (isEncrypted() ? "tcps://localhost:" : "tcp://127.0.0.1:")
                + port()
                + "/amps/"
                + messageType;
    }

    /** As {@link #uri}, for clients that speak WebSocket. */
    String webSocketUri(String messageType) {
        return (isEncrypted() ? "wss://localhost:" : "ws://127.0.0.1:")
                + webSocketPort()
                + "/amps/"
                + messageType;
    }

    private InetSocketAddress address(int wantedPort) {
        return wanted.anyAddress()
                ? new InetSocketAddress(wantedPort)
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort);
    }

    private boolean isEncrypted() {
        return broker.settings().tls() != null;
    }

    /** 0 before the port has been opened. */
    synchronized int port() {
        return port;
    }

    /** 0 before the port has been opened. */
    synchronized int webSocketPort() {
        return webSocketPort;
    }

    synchronized AdminEndpoint admin() {
        if (admin == null) {
            throw new IllegalStateException(
                    "The administration interface is not open; ask the builder for it.");
        }
        return admin;
    }

    AdminTopics adminTopics() {
        return adminTopics;
    }
}
