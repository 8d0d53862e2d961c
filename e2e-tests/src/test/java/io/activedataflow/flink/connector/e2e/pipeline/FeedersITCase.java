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

package io.activedataflow.flink.connector.e2e.pipeline;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.standin.LogEntry;
import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Feeders write each part once and in order, whatever happens to the servers meanwhile. */
@Timeout(180)
class FeedersITCase {

    private static final double RATE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final OrderBook book = OrderBook.of(1);

    @Test
    void redisIsKilledAndStarted() {
        try (RedisProcess redis =
                        RedisProcess.builder(RedisServerBinary.embedded())
                                .appendOnlyAlways()
                                .start();
                Feeding feeding =
                        Feeding.start(
                                new RedisFeeder(() -> connectImpatiently(redis), book), RATE)) {
            for (int kill = 1; kill <= 3; kill++) {
                awaitMore(feeding);
                redis.kill9();
                redis.start();
            }
            redis.pause();
            Await.until("doubt", PATIENCE, () -> feeding.toString().contains("failing"));
            redis.resume();
            awaitMore(feeding);
            long written = feeding.stop();

            assertSameParts(inRedis(redis), expected(Origin.REDIS, written));
        }
    }

    @Test
    void ampsIsRestarted() {
        try (AmpsStandIn amps = AmpsStandIn.builder().start();
                Feeding feeding = Feeding.start(new AmpsFeeder(amps.uri("json"), book), RATE)) {
            for (int fault = 1; fault <= 3; fault++) {
                awaitMore(feeding);
                amps.restart();
                awaitMore(feeding);
                amps.faults().dropConnections();
            }
            awaitMore(feeding);
            amps.stop();
            Await.until("doubt", PATIENCE, () -> feeding.toString().contains("failing"));
            amps.restart();
            awaitMore(feeding);
            long written = feeding.stop();

            assertSameParts(inAmps(amps), expected(Origin.AMPS, written));
        }
    }

    @Test
    void directoryOfFilesIsAway(@TempDir Path directory) throws Exception {
        Path files = directory.resolve("files");
        Path away = directory.resolve("away");
        try (Feeding feeding = Feeding.start(new FileFeeder(files, book), RATE)) {
            awaitMore(feeding);
            Files.move(files, away);
            Await.until("doubt", PATIENCE, () -> feeding.toString().contains("failing"));
            Files.move(away, files);
            awaitMore(feeding);
            long written = feeding.finishAt(feeding.written() + 1_077);

            assertSameParts(inFiles(files), expected(Origin.FILES, written));
        }
    }

    @Test
    void feedingsFinishTogether(@TempDir Path directory) throws Exception {
        try (AmpsStandIn amps = AmpsStandIn.builder().start();
                Feeding messages = Feeding.start(new AmpsFeeder(amps.uri("json"), book), RATE);
                Feeding files = Feeding.start(new FileFeeder(directory, book), RATE / 7)) {
            awaitMore(messages);

            Map<Origin, Long> written = Feeding.finishTogether(List.of(messages, files));

            assertThat(written.get(Origin.AMPS)).isEqualTo(written.get(Origin.FILES));
            assertSameParts(inAmps(amps), expected(Origin.AMPS, written.get(Origin.AMPS)));
            assertSameParts(inFiles(directory), expected(Origin.FILES, written.get(Origin.FILES)));
        }
    }

    @Test
    void nothingIsWrittenBetweenRecords(@TempDir Path directory) throws Exception {
        try (Feeding feeding = Feeding.start(new FileFeeder(directory, book), RATE)) {
            awaitMore(feeding);
            List<Map<String, List<String>>> seen = new ArrayList<>();
            feeding.betweenRecords(
                    () -> {
                        seen.add(inFiles(directory));
                        seen.add(expected(Origin.FILES, feeding.written()));
                    });

            assertSameParts(seen.get(0), seen.get(1));
        }
    }

    private static RedisCommands connectImpatiently(RedisProcess redis) {
        return RedisCommands.connect(
                redis.host(),
                redis.port(),
                DefaultJedisClientConfig.builder()
                        .autoNegotiateProtocol(false)
                        .timeoutMillis(500)
                        .build());
    }

    private static void awaitMore(Feeding feeding) {
        long before = feeding.written();
        Await.until(
                "more of " + feeding.origin(),
                PATIENCE,
                () -> feeding.written() >= before + 400,
                feeding::toString);
    }

    /** One split after the other, as there are too many parts for one message. */
    private static void assertSameParts(
            Map<String, List<String>> found, Map<String, List<String>> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (split, parts) -> {
                    List<String> inSplit = found.get(split);
                    int same = Math.min(inSplit.size(), parts.size());
                    for (int at = 0; at < same; at++) {
                        assertThat(inSplit.get(at))
                                .as(at + " in " + split)
                                .isEqualTo(parts.get(at));
                    }
                    assertThat(inSplit).as(split).hasSameSizeAs(parts);
                });
    }

    /** The JSON of each split's parts. */
    private Map<String, List<String>> expected(Origin origin, long orders) {
        assertThat(orders).isPositive();
        Map<String, List<String>> splits = new HashMap<>();
        for (long order = 0; order < orders; order++) {
            add(splits, book.part(origin, order));
        }
        return splits;
    }

    private static Map<String, List<String>> inRedis(RedisProcess redis) {
        Map<String, List<String>> splits = new HashMap<>();
        try (RedisCommands commands = redis.connect()) {
            for (int partition = 0; partition < RedisInput.PARTITIONS; partition++) {
                for (Object entry : commands.list("XRANGE", Origin.stream(partition), "-", "+")) {
                    Map<String, String> fields = new HashMap<>();
                    List<?> words = (List<?>) ((List<?>) entry).get(1);
                    for (int at = 0; at < words.size(); at += 2) {
                        fields.put(text(words.get(at)), text(words.get(at + 1)));
                    }
                    add(splits, part(fields));
                }
            }
        }
        return splits;
    }

    private static OrderPart part(Map<String, String> fields) {
        return new OrderPart(
                fields.get("source"),
                fields.get("split"),
                Long.parseLong(fields.get("number")),
                Long.parseLong(fields.get("order")),
                fields.get("customer"),
                Long.parseLong(fields.get("amount")),
                Long.parseLong(fields.get("time")));
    }

    private static String text(Object word) {
        return new String((byte[]) word, StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> inAmps(AmpsStandIn amps) {
        Map<Long, String> publishers = new HashMap<>();
        AmpsInput.PUBLISHERS.forEach(name -> publishers.put(AmpsStandIn.publisherId(name), name));
        Map<String, List<String>> splits = new HashMap<>();
        for (LogEntry entry : amps.log().entries()) {
            splits.computeIfAbsent(publishers.get(entry.publisherId()), name -> new ArrayList<>())
                    .add(new String(entry.body(), StandardCharsets.UTF_8));
        }
        return splits;
    }

    private static Map<String, List<String>> inFiles(Path directory) {
        Map<String, List<String>> splits = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                splits.put(name, parts(file, name.contains(".csv")));
            }
        } catch (IOException e) {
            throw new IllegalStateException("Could not read " + directory, e);
        }
        return splits;
    }

    private static List<String> parts(Path file, boolean csv) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        file.toString().endsWith(".gz")
                                                ? new GZIPInputStream(bytes)
                                                : bytes,
                                        StandardCharsets.UTF_8))) {
            return lines.lines().skip(csv ? 1 : 0).map(line -> csv ? json(line) : line).toList();
        }
    }

    private static String json(String csv) {
        String[] fields = csv.split(",");
        return PartText.json(
                new OrderPart(
                        fields[0],
                        fields[1],
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]),
                        fields[4],
                        Long.parseLong(fields[5]),
                        Long.parseLong(fields[6])));
    }

    private static void add(Map<String, List<String>> splits, OrderPart part) {
        splits.computeIfAbsent(part.split(), split -> new ArrayList<>()).add(PartText.json(part));
    }
}
