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

package io.activedataflow.flink.connector.redis.testutils;

import redis.clients.jedis.JedisClientConfig;

import javax.annotation.Nullable;
import javax.net.ssl.SSLContext;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how a {@link RedisProcess} is to run. By default it keeps its data in memory only, in a
 * temporary directory and on a free loopback port of its own.
 */
public final class RedisProcessBuilder {

    private final RedisServerBinary binary;
    private final List<String> arguments = new ArrayList<>();
    private RedisConfig config;
    private boolean sentinel;
    @Nullable private Integer port;
    @Nullable private Path directory;
    @Nullable private String user;
    @Nullable private String password;
    @Nullable private TestCertificates certificates;

    RedisProcessBuilder(RedisServerBinary binary) {
        this.binary = binary;
        this.config = RedisConfig.base(binary.version());
    }

    /** Appends a line of the configuration file; the values are quoted as needed. */
    public RedisProcessBuilder config(String name, String... values) {
        config = config.with(name, values);
        return this;
    }

    /** Keeps every acknowledged write over {@link RedisProcess#kill9()}. */
    public RedisProcessBuilder appendOnlyAlways() {
        return config("appendonly", "yes").config("appendfsync", "always");
    }

    /** Demands this password of the default user, of replicas too, and logs in with it. */
    public RedisProcessBuilder password(String password) {
        this.password = password;
        return config("requirepass", password).config("masterauth", password);
    }

    /**
     * Adds an ACL user beside the default one.
     *
     * @param rules such as {@code ~orders-*} or {@code +xread}; nothing is allowed without any
     */
    public RedisProcessBuilder user(String name, String password, String... rules) {
        List<String> values = new ArrayList<>(List.of(name, "on", ">" + password));
        values.addAll(List.of(rules));
        return config("user", values.toArray(String[]::new));
    }

    /** Makes {@link RedisServer#connect()} log in as this user instead of the default one. */
    public RedisProcessBuilder connectAs(String user, String password) {
        this.user = user;
        this.password = password;
        return this;
    }

    /** Follows the master, which must be running, with its password if it has one. */
    public RedisProcessBuilder replicaOf(RedisServer master) {
        String masterPassword = master.clientConfig().getPassword();
        if (masterPassword != null) {
            password(masterPassword);
        }
        return config("replicaof", master.host(), Integer.toString(master.port()));
    }

    /** Runs as a cluster node, which has no slots and knows no other node yet. */
    public RedisProcessBuilder clusterEnabled(int nodeTimeoutMillis) {
        return config("cluster-enabled", "yes")
                .config("cluster-config-file", "nodes.conf")
                .config("cluster-node-timeout", Integer.toString(nodeTimeoutMillis));
    }

    /**
     * Speaks TLS, and nothing else, with the server certificate of the set. {@link
     * RedisServer#connect()} presents the client certificate.
     *
     * @param demandClientCertificate whether clients without a certificate are refused
     * @throws IllegalStateException if the program was built without TLS; put a {@link TcpProxy} in
     *     front then
     */
    public RedisProcessBuilder tls(TestCertificates certificates, boolean demandClientCertificate) {
        if (!binary.supportsTls()) {
            throw new IllegalStateException(
                    binary + " was built without TLS. Put a TcpProxy with TLS in front of it.");
        }
        this.certificates = certificates;
        return config("tls-cert-file", certificates.serverCertificatePem().toString())
                .config("tls-key-file", certificates.serverKeyPem().toString())
                .config("tls-ca-cert-file", certificates.caCertificatePem().toString())
                .config("tls-auth-clients", demandClientCertificate ? "yes" : "no");
    }

    /** Runs in this directory, which must exist and is not deleted, and keeps its files there. */
    public RedisProcessBuilder directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /** Runs on this port instead of a free one. */
    public RedisProcessBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** Appends arguments to every start's command line, such as {@code --maxmemory 10mb}. */
    public RedisProcessBuilder arguments(String... arguments) {
        this.arguments.addAll(List.of(arguments));
        return this;
    }

    RedisProcessBuilder sentinel() {
        this.sentinel = true;
        this.config = RedisConfig.EMPTY.with("protected-mode", "no");
        return this;
    }

    /** A process that is not started yet. */
    public RedisProcess build() {
        SSLContext tls = certificates == null ? null : certificates.clientContext();
        JedisClientConfig client = ClientConfigs.of(user, password, tls);
        return new RedisProcess(
                new RedisProcess.Settings(
                        binary,
                        config,
                        List.copyOf(arguments),
                        sentinel,
                        certificates != null,
                        port,
                        directory),
                client);
    }

    /** A process that answers. */
    public RedisProcess start() {
        RedisProcess process = build();
        try {
            process.start();
            return process;
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }
}
