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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis server as a process of this machine, which can be killed, paused and brought back.
 *
 * <p>Its port and its directory stay the same over restarts. Its output is in {@link #logFile()},
 * the end of which is part of every failure message. {@link #close()} ends the process in whatever
 * state it is; the end of the JVM does so too. Methods may be called by any thread.
 */
public final class RedisProcess implements RedisServer {

    private static final String HOST = "127.0.0.1";
    private static final int PORT_ATTEMPTS = 10;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 30;

    private final Settings settings;
    private final JedisClientConfig clientConfig;
    private final boolean ownDirectory;
    private final Path directory;
    private int port;
    private boolean configured;
    @Nullable private ChildProcess child;

    RedisProcess(Settings settings, JedisClientConfig clientConfig) {
        this.settings = settings;
        this.clientConfig = clientConfig;
        this.ownDirectory = settings.directory == null;
        this.directory =
                ownDirectory ? TempDirectories.create("redis-server-") : settings.directory;
        this.port = settings.port == null ? FreePort.pick() : settings.port;
    }

    /** What a process is started from. */
    record Settings(
            RedisServerBinary binary,
            RedisConfig config,
            List<String> arguments,
            boolean sentinel,
            boolean tls,
            @Nullable Integer port,
            @Nullable Path directory) {}

    /** Starts to describe a process of the given program. */
    public static RedisProcessBuilder builder(RedisServerBinary binary) {
        return new RedisProcessBuilder(binary);
    }

    /** A running server with the defaults. */
    public static RedisProcess start(RedisServerBinary binary) {
        return builder(binary).start();
    }

    /**
     * Starts the server, for the first time or again after {@link #stop()} or {@link #kill9()}, and
     * returns when it has loaded its data and answers.
     */
    public void start() {
        launch(ReadinessProbe.Stage.READY, List.of());
    }

    /**
     * Starts the server and returns as soon as it answers at all, be it {@code LOADING}.
     *
     * @param arguments for this run only, for example {@code --key-load-delay 1000}, which makes
     *     loading a snapshot take a millisecond longer per key. A loading server answers after
     *     every 2 MiB it has read; 7.0 and later more often with {@code
     *     --loading-process-events-interval-bytes}
     */
    public void startLoading(String... arguments) {
        launch(ReadinessProbe.Stage.LISTENING, List.of(arguments));
    }

    /**
     * Stops the server in good order and starts it again.
     *
     * @param arguments for the new run only
     */
    public synchronized void restart(String... arguments) {
        stop();
        launch(ReadinessProbe.Stage.READY, List.of(arguments));
    }

    /** SIGKILL: what was not on disk is lost. Returns when the process is gone. */
    public synchronized void kill9() {
        running().kill();
        child = null;
    }

    /** SIGTERM, as an operator would stop it. Does nothing if it does not run. */
    public synchronized void stop() {
        if (child != null) {
            if (child.isAlive()) {
                child.signal("CONT");
            }
            child.terminate(STOP_PATIENCE);
            child = null;
        }
    }

    /** SIGSTOP: connections stay open and nothing is answered until {@link #resume()}. */
    public synchronized void pause() {
        running().signal("STOP");
    }

    /** SIGCONT, after {@link #pause()}. */
    public synchronized void resume() {
        running().signal("CONT");
    }

    public synchronized boolean isRunning() {
        return child != null && child.isAlive();
    }

    /** The process ID of the present run. */
    public synchronized long pid() {
        return running().pid();
    }

    /** Where data and configuration of the server are. */
    public Path directory() {
        return directory;
    }

    /** What all runs of the server have written to standard output and error. */
    public Path logFile() {
        return directory.resolve("output.log");
    }

    public RedisServerBinary binary() {
        return settings.binary;
    }

    @Override
    public String host() {
        return HOST;
    }

    @Override
    public synchronized int port() {
        return port;
    }

    @Override
    public JedisClientConfig clientConfig() {
        return clientConfig;
    }

    /** Kills the process if it runs and deletes its directory unless the test had named it. */
    @Override
    public synchronized void close() {
        if (child != null) {
            child.kill();
            child = null;
        }
        if (ownDirectory) {
            TempDirectories.delete(directory);
        }
    }

    private synchronized void launch(ReadinessProbe.Stage stage, List<String> extraArguments) {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs already.");
        }
        for (int attempt = 1; ; attempt++) {
            writeConfigFile();
            child = ChildProcess.start(command(extraArguments), directory, logFile());
            ReadinessProbe probe = new ReadinessProbe(child, port, settings.sentinel, settings.tls);
            ReadinessProbe.Outcome outcome = probe.await(stage, START_TIMEOUT);
            if (outcome == ReadinessProbe.Outcome.ANSWERS) {
                configured = true;
                return;
            }
            String output = child.tail(TAIL_LINES);
            child.kill();
            child = null;
            if (outcome != ReadinessProbe.Outcome.PORT_TAKEN || attempt == PORT_ATTEMPTS) {
                throw new IllegalStateException(
                        this + " did not start (" + outcome + "):\n" + output);
            }
            if (!configured && settings.port == null) {
                port = FreePort.pick();
            } else {
                int mine = port;
                Await.until("port " + mine, STOP_PATIENCE, () -> FreePort.isFree(mine));
            }
        }
    }

    /** Written for the first run only: the server may have rewritten it since. */
    private void writeConfigFile() {
        if (configured) {
            return;
        }
        RedisConfig complete =
                settings.config
                        .with("bind", HOST)
                        .with("dir", directory.toString())
                        .with("port", Integer.toString(settings.tls ? 0 : port));
        if (settings.tls) {
            complete = complete.with("tls-port", Integer.toString(port));
        }
        try {
            Files.writeString(configFile(), complete.toFileText());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the configuration of " + this, e);
        }
    }

    private Path configFile() {
        return directory.resolve("redis.conf");
    }

    private List<String> command(List<String> extraArguments) {
        List<String> command = new ArrayList<>();
        command.add(settings.binary.executable().toString());
        command.add(configFile().toString());
        command.addAll(settings.arguments);
        command.addAll(extraArguments);
        if (settings.sentinel) {
            command.add("--sentinel");
        }
        return command;
    }

    private ChildProcess running() {
        if (child == null) {
            throw new IllegalStateException(this + " does not run.");
        }
        if (!child.isAlive()) {
            throw new IllegalStateException(this + " ended by itself:\n" + child.tail(TAIL_LINES));
        }
        return child;
    }

    @Override
    public String toString() {
        return (settings.sentinel ? "Sentinel of " : "") + settings.binary + " at " + address();
    }
}
