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

package io.activedataflow.flink.connector.redis;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions.Mode;
import io.activedataflow.flink.connector.redis.client.RedisNode;

import org.apache.flink.annotation.PublicEvolving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Builds {@link RedisStreamsConnectionOptions}; begin with one of their factory methods. */
@PublicEvolving
public final class RedisStreamsConnectionOptionsBuilder {

    /** The default of {@link #setClientName}. */
    public static final String DEFAULT_CLIENT_NAME = "flink-redis-streams";

    /** The default of {@link #setConnectTimeout} and {@link #setCommandTimeout}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    final Mode mode;
    final String masterName;
    final List<String> addresses = new ArrayList<>();
    RedisStreamsTlsOptions tls;
    RedisStreamsTlsOptions sentinelTls;
    int database;
    String clientName = DEFAULT_CLIENT_NAME;
    Duration connectTimeout = DEFAULT_TIMEOUT;
    Duration commandTimeout = DEFAULT_TIMEOUT;
    RedisStreamsReadFrom readFrom = RedisStreamsReadFrom.MASTER;

    private String user;
    private String password;
    private RedisStreamsCredentialsProvider credentialsProvider;
    private RedisStreamsCredentialsProvider sentinelCredentialsProvider;

    RedisStreamsConnectionOptionsBuilder(Mode mode, String masterName, String... addresses) {
        this.mode = mode;
        this.masterName = masterName;
        if (addresses.length == 0) {
            throw new IllegalArgumentException(
                    "No server is given. Name at least one as host:port.");
        }
        for (String address : addresses) {
            this.addresses.add(RedisNode.parse(address).toString());
        }
    }

    /** The ACL user. Default: the default user. Needs {@link #setPassword}. */
    public RedisStreamsConnectionOptionsBuilder setUser(String user) {
        this.user = Objects.requireNonNull(user, "user");
        return this;
    }

    /**
     * The password. It becomes part of the serialized job; {@link #setCredentialsProvider} avoids
     * that. Default: none.
     */
    public RedisStreamsConnectionOptionsBuilder setPassword(String password) {
        this.password = Objects.requireNonNull(password, "password");
        return this;
    }

    /** Where user and password come from at run time. */
    public RedisStreamsConnectionOptionsBuilder setCredentialsProvider(
            RedisStreamsCredentialsProvider provider) {
        this.credentialsProvider = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /** Where user and password for the sentinels come from at run time. Default: none. */
    public RedisStreamsConnectionOptionsBuilder setSentinelCredentialsProvider(
            RedisStreamsCredentialsProvider provider) {
        this.sentinelCredentialsProvider = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /** Encrypts connections to Redis servers. Default: not encrypted. */
    public RedisStreamsConnectionOptionsBuilder setTls(RedisStreamsTlsOptions tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /** Encrypts connections to sentinels. Default: not encrypted. */
    public RedisStreamsConnectionOptionsBuilder setSentinelTls(RedisStreamsTlsOptions tls) {
        this.sentinelTls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /** The index of the database. Default 0, the only one there is in a cluster. */
    public RedisStreamsConnectionOptionsBuilder setDatabase(int database) {
        if (database < 0) {
            throw new IllegalArgumentException(
                    "The database index is " + database + ". Use 0 or a positive number.");
        }
        this.database = database;
        return this;
    }

    /**
     * The name connections go by in {@code CLIENT LIST}; nothing happens where the user may not set
     * it. Default {@value #DEFAULT_CLIENT_NAME}.
     */
    public RedisStreamsConnectionOptionsBuilder setClientName(String clientName) {
        Objects.requireNonNull(clientName, "clientName");
        if (clientName.isEmpty() || !clientName.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "The client name is '"
                            + clientName
                            + "'. Use printable ASCII characters without spaces.");
        }
        this.clientName = clientName;
        return this;
    }

    /** How long opening a connection may take. Default 2 s. */
    public RedisStreamsConnectionOptionsBuilder setConnectTimeout(Duration timeout) {
        this.connectTimeout = checkTimeout("connect timeout", timeout);
        return this;
    }

    /** How long a server may take to answer a command. Default 2 s. */
    public RedisStreamsConnectionOptionsBuilder setCommandTimeout(Duration timeout) {
        this.commandTimeout = checkTimeout("command timeout", timeout);
        return this;
    }

    /** Which servers entries are read from. Default {@link RedisStreamsReadFrom#MASTER}. */
    public RedisStreamsConnectionOptionsBuilder setReadFrom(RedisStreamsReadFrom readFrom) {
        this.readFrom = Objects.requireNonNull(readFrom, "readFrom");
        return this;
    }

    private static Duration checkTimeout(String what, Duration timeout) {
        Objects.requireNonNull(timeout, what);
        if (timeout.compareTo(Duration.ofMillis(1)) < 0
                || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " is "
                            + timeout
                            + ". Use a duration between a millisecond and 24 days.");
        }
        return timeout;
    }

    /**
     * @throws IllegalStateException naming all contradictions between what was set
     */
    public RedisStreamsConnectionOptions build() {
        List<String> problems = new ArrayList<>();
        if (mode == Mode.CLUSTER && database != 0) {
            problems.add(
                    "The database index is "
                            + database
                            + ", but a cluster has only database 0. Remove setDatabase.");
        }
        if (credentialsProvider != null && (user != null || password != null)) {
            problems.add(
                    "Besides a credentials provider, "
                            + (password != null ? "a password" : "a user")
                            + " is set. Keep one: setCredentialsProvider, or setUser and"
                            + " setPassword.");
        } else if (user != null && password == null && credentialsProvider == null) {
            problems.add(
                    "The user '"
                            + user
                            + "' is set without a password. Add setPassword, or use"
                            + " setCredentialsProvider.");
        }
        if (mode != Mode.SENTINEL && sentinelCredentialsProvider != null) {
            problems.add(
                    "Credentials for sentinels are set, but there are none in mode "
                            + mode
                            + ". Remove setSentinelCredentialsProvider.");
        }
        if (mode != Mode.SENTINEL && sentinelTls != null) {
            problems.add(
                    "TLS for sentinels is set, but there are none in mode "
                            + mode
                            + ". Remove setSentinelTls.");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "The Redis connection options contradict each other: "
                            + String.join(" ", problems));
        }
        return new RedisStreamsConnectionOptions(this);
    }

    RedisStreamsCredentialsProvider effectiveCredentialsProvider() {
        return credentialsProvider != null
                ? credentialsProvider
                : RedisStreamsCredentialsProvider.fixed(
                        new RedisStreamsCredentials(user, password));
    }

    RedisStreamsCredentialsProvider effectiveSentinelCredentialsProvider() {
        return sentinelCredentialsProvider != null
                ? sentinelCredentialsProvider
                : RedisStreamsCredentialsProvider.fixed(RedisStreamsCredentials.NONE);
    }
}
