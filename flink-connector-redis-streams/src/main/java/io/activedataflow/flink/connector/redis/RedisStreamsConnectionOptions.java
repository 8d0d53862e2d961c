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

import io.activedataflow.flink.connector.redis.client.RedisNode;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which Redis servers to talk to, and how. Immutable; the text shows no secret.
 *
 * <pre>{@code
 * RedisStreamsConnectionOptions.standalone("redis.example.com", 6379)
 *         .setUser("flink")
 *         .setCredentialsProvider(...)
 *         .setTls(RedisStreamsTlsOptions.defaults())
 *         .build();
 * }</pre>
 */
@PublicEvolving
public final class RedisStreamsConnectionOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How the servers are organised. */
    @PublicEvolving
    public enum Mode {
        /** One server, with or without replicas. */
        STANDALONE,
        /** A master and its replicas, watched by sentinels. */
        SENTINEL,
        /** A Redis Cluster. */
        CLUSTER
    }

    private final Mode mode;
    private final ArrayList<String> addresses;
    private final @Nullable String masterName;
    private final RedisStreamsCredentialsProvider credentialsProvider;
    private final RedisStreamsCredentialsProvider sentinelCredentialsProvider;
    private final @Nullable RedisStreamsTlsOptions tls;
    private final @Nullable RedisStreamsTlsOptions sentinelTls;
    private final int database;
    private final String clientName;
    private final Duration connectTimeout;
    private final Duration commandTimeout;
    private final RedisStreamsReadFrom readFrom;

    RedisStreamsConnectionOptions(RedisStreamsConnectionOptionsBuilder builder) {
        mode = builder.mode;
        addresses = new ArrayList<>(builder.addresses);
        masterName = builder.masterName;
        credentialsProvider = builder.effectiveCredentialsProvider();
        sentinelCredentialsProvider = builder.effectiveSentinelCredentialsProvider();
        tls = builder.tls;
        sentinelTls = builder.sentinelTls;
        database = builder.database;
        clientName = builder.clientName;
        connectTimeout = builder.connectTimeout;
        commandTimeout = builder.commandTimeout;
        readFrom = builder.readFrom;
    }

    /** One server, with or without replicas. */
    public static RedisStreamsConnectionOptionsBuilder standalone(String host, int port) {
        return new RedisStreamsConnectionOptionsBuilder(
                Mode.STANDALONE, null, new RedisNode(host, port).toString());
    }

    /**
     * The master that goes by this name with the sentinels.
     *
     * @param sentinels the addresses of the sentinels, each as {@code host:port}; one that answers
     *     suffices
     */
    public static RedisStreamsConnectionOptionsBuilder sentinel(
            String masterName, String... sentinels) {
        if (masterName == null || masterName.isBlank()) {
            throw new IllegalArgumentException(
                    "The name of the master is empty. It is what follows 'sentinel monitor' in the"
                            + " configuration of the sentinels, for example 'mymaster'.");
        }
        return new RedisStreamsConnectionOptionsBuilder(Mode.SENTINEL, masterName, sentinels);
    }

    /**
     * A Redis Cluster.
     *
     * @param seeds the addresses of some of its nodes, each as {@code host:port}; the others are
     *     found through one that answers
     */
    public static RedisStreamsConnectionOptionsBuilder cluster(String... seeds) {
        return new RedisStreamsConnectionOptionsBuilder(Mode.CLUSTER, null, seeds);
    }

    /**
     * One server, by a URI such as {@code redis://user@host:6379/0} or, encrypted, {@code
     * rediss://host}. A password in it is accepted and never shown.
     *
     * @throws IllegalArgumentException if the text is no such URI; the message does not repeat it
     */
    public static RedisStreamsConnectionOptionsBuilder fromUri(String uri) {
        return RedisUri.parse(uri);
    }

    public Mode mode() {
        return mode;
    }

    /** Server, sentinels or seeds, each as {@code host:port}. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** The master's name with the sentinels; null in the other modes. */
    @Nullable
    public String masterName() {
        return masterName;
    }

    public RedisStreamsCredentialsProvider credentialsProvider() {
        return credentialsProvider;
    }

    public RedisStreamsCredentialsProvider sentinelCredentialsProvider() {
        return sentinelCredentialsProvider;
    }

    /** How connections to Redis servers are encrypted; null if they are not. */
    @Nullable
    public RedisStreamsTlsOptions tls() {
        return tls;
    }

    /** How connections to sentinels are encrypted; null if they are not. */
    @Nullable
    public RedisStreamsTlsOptions sentinelTls() {
        return sentinelTls;
    }

    public int database() {
        return database;
    }

    public String clientName() {
        return clientName;
    }

    public Duration connectTimeout() {
        return connectTimeout;
    }

    public Duration commandTimeout() {
        return commandTimeout;
    }

    public RedisStreamsReadFrom readFrom() {
        return readFrom;
    }

    /** The servers in the notation of messages and lineage: without user, password and options. */
    public String servers() {
        return String.join(",", addresses);
    }

    @Override
    public String toString() {
        return "RedisStreamsConnectionOptions{mode="
                + mode
                + ", addresses="
                + addresses
                + (masterName == null ? "" : ", masterName=" + masterName)
                + ", database="
                + database
                + ", clientName="
                + clientName
                + ", connectTimeout="
                + connectTimeout
                + ", commandTimeout="
                + commandTimeout
                + ", tls="
                + tls
                + (sentinelTls == null ? "" : ", sentinelTls=" + sentinelTls)
                + ", readFrom="
                + readFrom
                + '}';
    }
}
