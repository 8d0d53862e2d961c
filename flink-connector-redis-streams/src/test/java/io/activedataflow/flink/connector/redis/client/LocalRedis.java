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


package io.activedataflow.flink.connector.redis.client;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Redis server process on a free port, with a directory of its own, gone after the test. */
final class LocalRedis implements AutoCloseable {

    private static final Path DISTRIBUTION = Path.of("/usr/bin/redis-server");

    private final Process process;
    private final Path directory;
    final int port;

    private LocalRedis(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** The servers the tests run against: 6.2 from the build's dependencies, and a newer one. */
    static List<String> versions() {
        return Files.isExecutable(DISTRIBUTION)
                ? List.of("embedded", "distribution")
                : List.of("embedded");
    }

    static LocalRedis start(String version, String... options) throws Exception {
        Path directory = Files.createTempDirectory("redis-it");
        Path binary = version.equals("embedded") ? extract(directory) : DISTRIBUTION;
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(binary.toString(), "--port", "" + port, "--save", "", "--appendonly", "no"));
        command.addAll(List.of("--dir", directory.toString()));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        LocalRedis redis = new LocalRedis(process, directory, port);
        redis.awaitStart();
        return redis;
    }

    private static Path extract(Path directory) throws IOException {
        Path binary = directory.resolve("redis-server");
        try (InputStream in =
                LocalRedis.class.getResourceAsStream("/redis-server-6.2.6-v5-linux-amd64")) {
            Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!binary.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + binary + " executable");
        }
        return binary;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws Exception {
        while (process.isAlive()) {
            try (Jedis jedis = jedis()) {
                jedis.sendCommand(() -> "PING".getBytes());
                return;
            } catch (JedisConnectionException e) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            } catch (RuntimeException e) {
                // It answers, if only to ask for a password.
                return;
            }
        }
        throw new IOException(Files.readString(directory.resolve("log")));
    }

    Jedis jedis() {
        return new Jedis("127.0.0.1", port);
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
