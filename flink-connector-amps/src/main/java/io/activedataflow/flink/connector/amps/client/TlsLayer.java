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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/**
 * TLS on top of a connected socket.
 *
 * @param context of this connection alone
 * @param host the name that the server's certificate must have
 * @param port the port
 * @param verifyHostname whether it must have that name
 */
@Internal
record TlsLayer(SSLContext context, String host, int port, boolean verifyHostname) {

    /** The parameter of URIs that names another host to the server than the one connected to. */
    static final String SNI = "sni";

    /**
     * A socket that has not shaken hands yet; closing it closes the one below.
     *
     * @param serverName for a server that has several certificates, which may then have this name
     *     in place of the host's; null for the host
     */
    SSLSocket over(Socket connected, @Nullable String serverName) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(connected, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(verifyHostname ? "HTTPS" : "");
        if (serverName != null) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        socket.setSSLParameters(parameters);
        return socket;
    }
}
