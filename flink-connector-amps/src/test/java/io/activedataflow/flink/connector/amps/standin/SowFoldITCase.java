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

import io.activedataflow.flink.connector.amps.standin.filter.BodyDelta;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.FrameSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Snapshot, updates and out-of-focus messages, put into a map, are the state of the world at every
 * quiet point, also when a subscription begins while others publish.
 */
@Timeout(120)
class SowFoldITCase {

    private static final int KEYS = 60;
    private static final Pattern VERSION = Pattern.compile("\"n\":(\\d+)");
    private static final Pattern VALUE = Pattern.compile("\"v\":(\\d+)");

    private final AtomicLong clock = new AtomicLong(1_704_164_645_000_000L);
    private final AtomicLong versions = new AtomicLong();
    private final AmpsStandIn server =
            AmpsStandIn.builder().clock(clock::get).sow(SowTopic.keyed("T", "/id")).start();

    @AfterEach
    void stop() {
        server.close();
    }

    /** One random publish, delete, delta or step of time. */
    private void change(Random random) {
        String id = "{\"id\":" + random.nextInt(KEYS);
        String rest = ",\"v\":" + random.nextInt(10) + ",\"n\":" + versions.incrementAndGet() + '}';
        switch (random.nextInt(8)) {
            case 0 -> {
                Object[] keys = server.sow().contents("T").keySet().toArray();
                if (keys.length > 0) {
                    server.sow().delete("T", keys[random.nextInt(keys.length)].toString());
                }
            }
            case 1 -> server.sow().publishExpiring("T", id + rest, 1 + random.nextInt(5));
            case 2 -> server.sow().publishDelta("T", id + rest);
            case 3 -> clock.addAndGet(500_000);
            default -> server.publish("T", id + rest);
        }
    }

    /** What a client makes of what it gets. */
    private final class Fold implements AutoCloseable {

        private final FrameSocket socket;
        private final Map<String, String> records = new HashMap<>();
        private final Map<String, Long> last = new HashMap<>();
        private final boolean delta;

        Fold(String name, boolean delta) throws IOException {
            this.socket = FrameSocket.loggedOn(server.port(), name);
            this.delta = delta;
        }

        void subscribe(String fields) throws IOException {
            String command = delta ? "sow_and_delta_subscribe" : "sow_and_subscribe";
            socket.send(
                    "{\"c\":\""
                            + command
                            + "\",\"t\":\"T\",\"cid\":\"1\",\"sub_id\":\"S\","
                            + "\"query_id\":\"S\",\"batch_size\":7,"
                            + fields
                            + '}');
        }

        /** Takes everything up to a quiet point: nobody may publish now. */
        Map<String, String> quiet() throws IOException {
            server.sow().expire();
            socket.send("{\"c\":\"flush\",\"cid\":\"quiet\",\"a\":\"completed\"}");
            String frame = socket.receive();
            while (!frame.contains("\"cid\":\"quiet\"")) {
                assertThat(frame).doesNotContain("failure");
                take(frame);
                frame = socket.receive();
            }
            return records;
        }

        private void take(String frame) {
            int body = frame.indexOf('}') + 1;
            String header = frame.substring(0, body);
            if (header.contains("\"c\":\"sow\"")) {
                int at = body;
                while (at < frame.length()) {
                    int end = frame.indexOf('}', at) + 1;
                    String inner = frame.substring(at, end);
                    at = end + Integer.parseInt(field(inner, "\"l\":(\\d+)"));
                    put(inner, frame.substring(end, at));
                }
            } else if (header.contains("\"c\":\"p\"")) {
                put(header, frame.substring(body));
            } else if (header.contains("\"c\":\"oof\"")) {
                String key = field(header, "\"k\":\"(\\d+)\"");
                assertThat(records).as(frame).containsKey(key);
                records.remove(key);
            }
        }

        private void put(String header, String body) {
            String key = field(header, "\"k\":\"(\\d+)\"");
            long version = Long.parseLong(field(body, VERSION.pattern()));
            // Nothing comes twice and nothing goes back: no overlap.
            assertThat(last.put(key, version))
                    .as(body)
                    .satisfies(before -> assertThat(before == null || before < version).isTrue());
            records.merge(key, body, (before, after) -> delta ? merged(before, after) : after);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String merged(String before, String after) {
        return new String(
                BodyDelta.merge(
                        "json",
                        before.getBytes(StandardCharsets.UTF_8),
                        after.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    private static String field(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private Map<String, String> expected(int lowest) {
        Map<String, String> expected = new HashMap<>(server.sow().contents("T"));
        expected.values().removeIf(body -> Integer.parseInt(field(body, VALUE.pattern())) < lowest);
        return expected;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isTheStateOfTheWorldAtEveryQuietPoint(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            change(random);
        }
        try (Fold whole = new Fold("whole", false);
                Fold filtered = new Fold("filtered", false);
                Fold deltas = new Fold("deltas", true)) {
            whole.subscribe("\"opts\":\"oof\"");
            filtered.subscribe("\"opts\":\"oof\",\"filter\":\"/v >= 5\"");
            deltas.subscribe("\"opts\":\"oof,no_empties\",\"filter\":\"/v >= 5\"");
            for (int round = 0; round < 20; round++) {
                assertThat(whole.quiet()).isEqualTo(expected(0));
                assertThat(filtered.quiet()).isEqualTo(expected(5));
                assertThat(deltas.quiet()).isEqualTo(expected(5));
                for (int i = 0; i < 100; i++) {
                    change(random);
                }
            }
            // Another filter: only what was not sent comes, and what is not wanted any more goes.
            filtered.subscribe("\"opts\":\"oof,replace\",\"filter\":\"/v >= 2\"");
            assertThat(filtered.quiet()).isEqualTo(expected(2));
            filtered.subscribe("\"opts\":\"oof,replace\",\"filter\":\"/v >= 8\"");
            assertThat(filtered.quiet()).isEqualTo(expected(8));
        }
    }

    @Test
    void hasNoGapAndNoOverlapWhileOthersPublish() throws Exception {
        for (int round = 0; round < 10; round++) {
            Random random = new Random(round);
            Thread publisher =
                    new Thread(
                            () -> {
                                for (int i = 0; i < 3_000; i++) {
                                    change(random);
                                }
                            });
            publisher.start();
            try (Fold fold = new Fold("fold" + round, false)) {
                fold.subscribe("\"opts\":\"oof\",\"filter\":\"/v >= 3\"");
                publisher.join();
                assertThat(fold.quiet()).isEqualTo(expected(3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void pageIsThePageAtEveryQuietPoint(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            change(random);
        }
        try (Page page = new Page("/v DESC, /n")) {
            for (int round = 0; round < 300; round++) {
                assertThat(page.quiet()).isEqualTo(page.expected());
                change(random);
            }
        }
    }

    @Test
    void pageOfEqualRowsIsOneOfThePossibleOnes() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            change(random);
        }
        try (Page page = new Page("/v DESC")) {
            for (int round = 0; round < 100; round++) {
                assertThat(values(page.quiet())).isEqualTo(values(page.expected()));
                change(random);
                change(random);
            }
        }
    }

    private static List<String> values(Map<String, String> rows) {
        return rows.values().stream().map(body -> field(body, VALUE.pattern())).sorted().toList();
    }

    /** The fold of a page; a row that comes back comes with a version seen before. */
    private final class Page implements AutoCloseable {

        private final FrameSocket socket = FrameSocket.loggedOn(server.port(), "page");
        private final Map<String, String> rows = new HashMap<>();

        Page(String order) throws IOException {
            socket.send(
                    "{\"c\":\"sow_and_subscribe\",\"t\":\"T\",\"cid\":\"1\",\"orderby\":"
                            + "\""
                            + order
                            + "\",\"opts\":\"oof,top_n=5,skip_n=3\",\"batch_size\":1}");
        }

        Map<String, String> quiet() throws IOException {
            server.sow().expire();
            socket.send("{\"c\":\"flush\",\"cid\":\"quiet\",\"a\":\"completed\"}");
            String frame = socket.receive();
            while (!frame.contains("\"cid\":\"quiet\"")) {
                int body = frame.indexOf('}') + 1;
                if (frame.contains("\"c\":\"sow\"")) {
                    String row = frame.substring(body);
                    rows.put(field(row, "\"k\":\"(\\d+)\""), row.substring(row.indexOf('}') + 1));
                } else if (frame.contains("\"c\":\"p\"")) {
                    rows.put(field(frame, "\"k\":\"(\\d+)\""), frame.substring(body));
                } else if (frame.contains("\"c\":\"oof\"")) {
                    assertThat(rows.remove(field(frame, "\"k\":\"(\\d+)\""))).as(frame).isNotNull();
                    assertThat(rows.size()).isLessThan(5);
                }
                frame = socket.receive();
            }
            return rows;
        }

        Map<String, String> expected() {
            List<Map.Entry<String, String>> all =
                    new ArrayList<>(server.sow().contents("T").entrySet());
            all.sort(
                    (left, right) -> {
                        int byValue =
                                field(right.getValue(), VALUE.pattern())
                                        .compareTo(field(left.getValue(), VALUE.pattern()));
                        return byValue != 0
                                ? byValue
                                : Long.compare(
                                        Long.parseLong(field(left.getValue(), VERSION.pattern())),
                                        Long.parseLong(field(right.getValue(), VERSION.pattern())));
                    });
            Map<String, String> expected = new HashMap<>();
            all.stream()
                    .skip(3)
                    .limit(5)
                    .forEach(entry -> expected.put(entry.getKey(), entry.getValue()));
            return expected;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
