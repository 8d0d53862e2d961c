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

import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;
import io.activedataflow.flink.connector.amps.testutils.Messages;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Queries of some thousand random records, with the official client, against a plain map. */
@Timeout(120)
class SowQueryITCase {

    private static final int RECORDS = 3_000;
    private static final int QUERIES = 150;
    private static final int TIMEOUT = 10_000;

    private final AmpsStandIn server =
            AmpsStandIn.builder()
                    .logged(topic -> false)
                    .sow(SowTopic.keyed("T", "/id", "/part"))
                    .start();
    private final Client client = new Client("reader");
    private final Map<Integer, Row> model = new LinkedHashMap<>();
    private final Random random = new Random(5);

    /** A record; null prices are left out. */
    private record Row(int id, Integer price, String name) {

        private String json() {
            return "{\"id\":"
                    + id
                    + ",\"part\":\"p"
                    + id % 3
                    + '"'
                    + (price == null ? "" : ",\"price\":" + price)
                    + ",\"name\":\""
                    + name
                    + "\"}";
        }
    }

    private record Filter(String text, Predicate<Row> meaning) {}

    private record Order(String text, Comparator<Row> meaning) {}

    @BeforeEach
    void publish() throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            int id = random.nextInt(RECORDS / 2);
            Integer price = random.nextInt(10) == 0 ? null : random.nextInt(2_000) - 1_000;
            Row row = new Row(id, price, "n" + random.nextInt(300));
            model.put(id, row);
            server.publish("T", row.json());
        }
        client.connect(server.uri("json"));
        client.logon(TIMEOUT);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Filter filter() {
        int limit = random.nextInt(1_000) - 500;
        return switch (random.nextInt(4)) {
            case 0 -> new Filter(null, row -> true);
            case 1 ->
                    new Filter(
                            "/price > " + limit, row -> row.price() != null && row.price() > limit);
            case 2 ->
                    new Filter(
                            "/price IS NULL OR /name = 'n7'",
                            row -> row.price() == null || row.name().equals("n7"));
            default ->
                    new Filter(
                            "/id % 7 = 3 AND /part = 'p1'",
                            row -> row.id() % 7 == 3 && row.id() % 3 == 1);
        };
    }

    private Order order() {
        Comparator<Row> byId = Comparator.comparingInt(Row::id);
        Comparator<Row> byPrice =
                Comparator.comparing(Row::price, Comparator.nullsFirst(Comparator.naturalOrder()));
        return switch (random.nextInt(4)) {
            case 0 -> new Order("/id", byId);
            case 1 -> new Order("/price DESC, /id ASC", byPrice.reversed().thenComparing(byId));
            case 2 ->
                    new Order(
                            "/name, /price ASC, /id DESC",
                            Comparator.comparing(Row::name)
                                    .thenComparing(byPrice)
                                    .thenComparing(byId.reversed()));
            default ->
                    new Order("/id TEXT", Comparator.comparing(row -> Integer.toString(row.id())));
        };
    }

    @Test
    void filterOrderTopAndSkipAreThoseOfAPlainMap() throws Exception {
        for (int i = 0; i < QUERIES; i++) {
            Filter filter = filter();
            Order order = order();
            int top = random.nextInt(4) == 0 ? -1 : random.nextInt(100);
            int skip = top < 0 ? 0 : random.nextInt(50);
            List<Row> matching =
                    model.values().stream()
                            .filter(filter.meaning())
                            .sorted(order.meaning())
                            .toList();
            List<String> expected =
                    matching.stream()
                            .skip(skip)
                            .limit(top < 0 ? Long.MAX_VALUE : top)
                            .map(Row::json)
                            .toList();
            Command command =
                    new Command("sow")
                            .setTopic("T")
                            .setOrderBy(order.text())
                            .setBatchSize(1 + random.nextInt(20))
                            .addAckType(Message.AckType.Stats);
            if (filter.text() != null) {
                command.setFilter(filter.text());
            }
            if (top >= 0) {
                command.setTopN(top).setOptions("skip_n=" + skip);
            }

            Answer answer = answer(command);

            assertThat(answer.bodies()).as("%s %s %s", filter, order, top).isEqualTo(expected);
            assertThat(answer.stats())
                    .containsExactly(matching.size(), model.size(), expected.size());
        }
    }

    @Test
    void withoutAnOrderAllMatchesComeOnce() throws Exception {
        for (int i = 0; i < QUERIES / 10; i++) {
            Filter filter = filter();
            Command command = new Command("sow").setTopic("T").setBatchSize(100);
            if (filter.text() != null) {
                command.setFilter(filter.text());
            }
            command.addAckType(Message.AckType.Stats);
            List<String> bodies = answer(command).bodies();

            assertThat(new TreeSet<>(bodies)).hasSameSizeAs(bodies);
            assertThat(bodies)
                    .containsExactlyInAnyOrderElementsOf(
                            model.values().stream()
                                    .filter(filter.meaning())
                                    .map(Row::json)
                                    .toList());
        }
    }

    private record Answer(List<String> bodies, List<Integer> stats) {}

    private Answer answer(Command command) throws Exception {
        List<String> bodies = new ArrayList<>();
        MessageStream messages = client.execute(command.setTimeout(TIMEOUT));
        while (true) {
            Message message = Messages.next(messages);
            if (message.getCommand() == Message.Command.SOW) {
                bodies.add(message.getData());
            } else if (message.getCommand() == Message.Command.Ack
                    && message.getAckType() == Message.AckType.Stats) {
                return new Answer(
                        bodies,
                        List.of(
                                (int) message.getMatches(),
                                (int) message.getTopicMatches(),
                                (int) message.getRecordsReturned()));
            }
        }
    }
}
