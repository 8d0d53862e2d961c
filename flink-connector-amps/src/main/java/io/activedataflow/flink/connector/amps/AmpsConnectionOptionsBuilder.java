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

import org.apache.flink.annotation.PublicEvolving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Builds {@link AmpsConnectionOptions}; begin with {@link AmpsConnectionOptions#servers}. */
@PublicEvolving
public final class AmpsConnectionOptionsBuilder {

    /** The default of {@link #setClientNamePrefix}. */
    public static final String DEFAULT_CLIENT_NAME_PREFIX = "flink-amps";

    /** The default of {@link #setConnectTimeout}. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** The default of {@link #setCommandTimeout}. */
    public static final Duration DEFAULT_COMMAND_TIMEOUT = Duration.ofSeconds(10);

    /** The default of {@link #setHeartbeatInterval}. */
    public static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(10);

    final List<AmpsServerUri> servers = new ArrayList<>();
    AmpsAuthenticatorFactory authenticatorFactory;
    String clientNamePrefix = DEFAULT_CLIENT_NAME_PREFIX;
    Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    Duration commandTimeout = DEFAULT_COMMAND_TIMEOUT;
    Duration heartbeatInterval = DEFAULT_HEARTBEAT_INTERVAL;
    boolean endpointsAreStable = true;

    private final Set<AmpsCredentials> credentialsOfUris = new LinkedHashSet<>();
    private AmpsTlsOptions tls;
    private String user;
    private String password;
    private AmpsCredentialsProvider credentialsProvider;

    AmpsConnectionOptionsBuilder(List<String> uris) {
        if (uris.isEmpty()) {
            throw new IllegalArgumentException(
                    "No server is given. Name at least one, for example"
                            + " tcp://amps1.example.com:9007/amps/json.");
        }
        Set<String> addresses = new HashSet<>();
        for (String text : uris) {
            AmpsUri uri = AmpsUri.parse(servers.size() + 1, text);
            AmpsServerUri server = uri.server();
            if (!addresses.add(server.host() + ' ' + server.port())) {
                throw new IllegalArgumentException(
                        "The server "
                                + server
                                + " is in the list twice. Name each server once; attempts are"
                                + " repeated in any case.");
            }
            servers.add(server);
            if (uri.credentials() != null) {
                credentialsOfUris.add(uri.credentials());
            }
        }
    }

    /** The user to log on as. Default: the one in the URIs, or none. */
    public AmpsConnectionOptionsBuilder setUser(String user) {
        this.user = Objects.requireNonNull(user, "user");
        return this;
    }

    /**
     * The password. It becomes part of the serialized job; {@link #setCredentialsProvider} avoids
     * that. Default: the one in the URIs, or none. Needs {@link #setUser}.
     */
    public AmpsConnectionOptionsBuilder setPassword(String password) {
        this.password = Objects.requireNonNull(password, "password");
        return this;
    }

    /** Where user and password come from at run time; asked for each connection. */
    public AmpsConnectionOptionsBuilder setCredentialsProvider(AmpsCredentialsProvider provider) {
        this.credentialsProvider = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /**
     * Logs on with tokens in place of a password, for example with Kerberos. The authenticator is
     * given the user and the password that are set here, if any. Default: none.
     */
    public AmpsConnectionOptionsBuilder setAuthenticatorFactory(AmpsAuthenticatorFactory factory) {
        this.authenticatorFactory = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /**
     * How connections of transport {@code tcps} are encrypted. Default: {@link
     * AmpsTlsOptions#defaults()}.
     */
    public AmpsConnectionOptionsBuilder setTls(AmpsTlsOptions tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /**
     * What the names of connections begin with; the connector appends what makes each unique, as
     * the server cuts the older of two connections of one name. Default {@value
     * #DEFAULT_CLIENT_NAME_PREFIX}.
     *
     * @param prefix without control characters and square brackets
     */
    public AmpsConnectionOptionsBuilder setClientNamePrefix(String prefix) {
        Objects.requireNonNull(prefix, "client name prefix");
        if (prefix.isBlank()
                || prefix.chars()
                        .anyMatch(c -> Character.isISOControl(c) || c == '[' || c == ']')) {
            throw new IllegalArgumentException(
                    "The client name prefix is '"
                            + prefix
                            + "'. Use a text that is not blank, without control characters, line"
                            + " breaks and square brackets.");
        }
        this.clientNamePrefix = prefix;
        return this;
    }

    /** How long opening a connection may take. Default 5 s. */
    public AmpsConnectionOptionsBuilder setConnectTimeout(Duration timeout) {
        this.connectTimeout = Timeouts.check("connect timeout", timeout);
        return this;
    }

    /** How long a server may take to answer a command, logging on included. Default 10 s. */
    public AmpsConnectionOptionsBuilder setCommandTimeout(Duration timeout) {
        this.commandTimeout = Timeouts.check("command timeout", timeout);
        return this;
    }

    /**
     * How often both ends give a sign of life. A connection on which nothing was received for two
     * intervals is given up. Default 10 s.
     *
     * @param interval whole seconds up to a day; zero for no heartbeats, with which a server that
     *     has vanished without closing its connections is noticed late or never
     */
    public AmpsConnectionOptionsBuilder setHeartbeatInterval(Duration interval) {
        Objects.requireNonNull(interval, "heartbeat interval");
        if (interval.isNegative()
                || interval.getNano() != 0
                || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "The heartbeat interval is "
                            + interval
                            + ". Use whole seconds up to a day, or zero for no heartbeats.");
        }
        this.heartbeatInterval = interval;
        return this;
    }

    /**
     * Whether each URI always means the same instance of AMPS. Default true.
     *
     * <p>Then a source that comes back to the server it has read from last resumes after its last
     * bookmark, which is exact and cheap, because the log of one instance has one order. Set false
     * for a virtual address, a load balancer or a DNS name behind which instances change: every
     * connection is then taken for another instance, and reading resumes by the list of bookmarks,
     * with the duplicates filtered out.
     */
    public AmpsConnectionOptionsBuilder setEndpointsAreStable(boolean endpointsAreStable) {
        this.endpointsAreStable = endpointsAreStable;
        return this;
    }

    /**
     * @throws IllegalStateException naming all contradictions between what was set
     */
    public AmpsConnectionOptions build() {
        List<String> problems = new ArrayList<>();
        addProblemsOfServers(problems);
        addProblemsOfCredentials(problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "The AMPS connection options contradict each other: "
                            + String.join(" ", problems));
        }
        return new AmpsConnectionOptions(this);
    }

    private void addProblemsOfServers(List<String> problems) {
        List<String> messageTypes =
                servers.stream().map(AmpsServerUri::messageType).distinct().toList();
        if (messageTypes.size() > 1) {
            problems.add(
                    "The servers are asked for different message types, "
                            + messageTypes
                            + ", but the list names places where the same data can be had. Give all"
                            + " URIs one message type, and make a source for each type.");
        }
        long encrypted = servers.stream().filter(AmpsServerUri::tls).count();
        if (encrypted > 0 && encrypted < servers.size()) {
            problems.add(
                    "Some of the servers "
                            + servers
                            + " are reached by tcp, some by tcps, so that a failover would turn"
                            + " encryption off. Use tcps for all, or tcp for all.");
        }
        if (tls != null && encrypted == 0) {
            problems.add(
                    "TLS is set, but the transport is tcp. Write tcps:// for the servers, or remove"
                            + " setTls.");
        }
    }

    private void addProblemsOfCredentials(List<String> problems) {
        if (credentialsOfUris.size() > 1) {
            problems.add(
                    "The URIs hold different users or passwords. Use the same for all servers.");
        }
        boolean set = user != null || password != null;
        if (set && !credentialsOfUris.isEmpty()) {
            problems.add(
                    "Users or passwords are set both in URIs and by setUser or setPassword. Remove"
                            + " them from the URIs.");
        }
        if (credentialsProvider != null && (set || !credentialsOfUris.isEmpty())) {
            problems.add(
                    "Besides a credentials provider, a user or password is set. Keep one:"
                            + " setCredentialsProvider, or setUser and setPassword, or what is in"
                            + " the URIs.");
        }
        if (effectiveCredentials().user() == null && effectiveCredentials().password() != null) {
            problems.add("A password is set without a user. Add setUser.");
        }
    }

    private AmpsCredentials effectiveCredentials() {
        return credentialsOfUris.isEmpty()
                ? new AmpsCredentials(user, password)
                : credentialsOfUris.iterator().next();
    }

    AmpsCredentialsProvider effectiveCredentialsProvider() {
        return credentialsProvider != null
                ? credentialsProvider
                : AmpsCredentialsProvider.fixed(effectiveCredentials());
    }

    AmpsTlsOptions effectiveTls() {
        boolean encrypted = servers.get(0).tls();
        return encrypted && tls == null ? AmpsTlsOptions.defaults() : tls;
    }
}
