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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which AMPS servers to talk to, and how. Immutable; the text shows no secret.
 *
 * <pre>{@code
 * AmpsConnectionOptions.servers(
 *                 "tcps://amps1.example.com:9007/amps/json",
 *                 "tcps://amps2.example.com:9007/amps/json")
 *         .setUser("flink")
 *         .setCredentialsProvider(...)
 *         .build();
 * }</pre>
 */
@PublicEvolving
public final class AmpsConnectionOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<AmpsServerUri> servers;
    private final AmpsCredentialsProvider credentialsProvider;
    private final @Nullable AmpsAuthenticatorFactory authenticatorFactory;
    private final @Nullable AmpsTlsOptions tls;
    private final String clientNamePrefix;
    private final Duration connectTimeout;
    private final Duration commandTimeout;
    private final Duration heartbeatInterval;
    private final boolean endpointsAreStable;

    AmpsConnectionOptions(AmpsConnectionOptionsBuilder builder) {
        servers = new ArrayList<>(builder.servers);
        credentialsProvider = builder.effectiveCredentialsProvider();
        authenticatorFactory = builder.authenticatorFactory;
        tls = builder.effectiveTls();
        clientNamePrefix = builder.clientNamePrefix;
        connectTimeout = builder.connectTimeout;
        commandTimeout = builder.commandTimeout;
        heartbeatInterval = builder.heartbeatInterval;
        endpointsAreStable = builder.endpointsAreStable;
    }

    /**
     * These servers, which replicate each other: the first that answers is used, and the next of
     * the list after a failure.
     *
     * @param uris each of the form {@code tcp://host:port/amps/<message type>}, or {@code tcps} for
     *     TLS; all with the same transport and message type. Parameters ({@code ?tcp_nodelay=true})
     *     are passed on to the client. User and password in a URI ({@code tcp://user:password@...})
     *     are accepted, percent-encoded where needed, and never shown.
     * @throws IllegalArgumentException if one is no such URI; the message does not repeat it
     */
    public static AmpsConnectionOptionsBuilder servers(String... uris) {
        return new AmpsConnectionOptionsBuilder(List.of(uris));
    }

    /** The failover list, at least one. */
    @Internal
    public List<AmpsServerUri> servers() {
        return List.copyOf(servers);
    }

    /** The message type that all servers are asked for, such as {@code json}. */
    public String messageType() {
        return servers.get(0).messageType();
    }

    public AmpsCredentialsProvider credentialsProvider() {
        return credentialsProvider;
    }

    /** What logs on in place of a fixed password; null if nothing does. */
    @Nullable
    public AmpsAuthenticatorFactory authenticatorFactory() {
        return authenticatorFactory;
    }

    /** How connections are encrypted; null if they are not. */
    @Nullable
    public AmpsTlsOptions tls() {
        return tls;
    }

    public String clientNamePrefix() {
        return clientNamePrefix;
    }

    public Duration connectTimeout() {
        return connectTimeout;
    }

    public Duration commandTimeout() {
        return commandTimeout;
    }

    /** Zero if there are no heartbeats. */
    public Duration heartbeatInterval() {
        return heartbeatInterval;
    }

    public boolean endpointsAreStable() {
        return endpointsAreStable;
    }

    /** The servers in the notation of messages: their URIs without user and password. */
    public String serversText() {
        return servers.stream().map(AmpsServerUri::text).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "AmpsConnectionOptions{servers=["
                + serversText()
                + "], credentials="
                + credentialsProvider
                + (authenticatorFactory == null ? "" : ", with an authenticator")
                + ", tls="
                + tls
                + ", clientNamePrefix="
                + clientNamePrefix
                + ", connectTimeout="
                + connectTimeout
                + ", commandTimeout="
                + commandTimeout
                + ", heartbeatInterval="
                + heartbeatInterval
                + ", endpointsAreStable="
                + endpointsAreStable
                + '}';
    }
}
