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

/**
 * The part of the configuration of a server that is about its ports.
 *
 * @param <B> the whole builder
 */
abstract class EndpointBuilder<B extends EndpointBuilder<B>> {

    private int port;
    private boolean anyAddress;
    private boolean webSocket;
    private boolean admin;
    private int adminPort;
    private AdminEndpoint.Credentials adminCredentials;

    abstract B self();

    /** The port; default 0, which is any. */
    public B port(int value) {
        port = value;
        return self();
    }

    /**
     * Whether other machines may connect; default no, so that only the loopback address is open.
     */
    public B anyAddress(boolean value) {
        anyAddress = value;
        return self();
    }

    /** Whether clients may also speak WebSocket, on a port of its own; default no. */
    public B websocket(boolean value) {
        webSocket = value;
        return self();
    }

    /** Whether there is an administration interface; default no. */
    public B admin(boolean value) {
        admin = value;
        return self();
    }

    /** An administration interface on a port; 0 is any, which is the default. */
    public B adminPort(int value) {
        adminPort = value;
        return admin(true);
    }

    /** Who may ask the administration interface; default everybody. */
    public B adminCredentials(String user, String password) {
        adminCredentials = new AdminEndpoint.Credentials(user, password);
        return admin(true);
    }

    Endpoints.Wanted wanted() {
        return new Endpoints.Wanted(
                port, anyAddress, webSocket, admin, adminPort, adminCredentials);
    }
}
