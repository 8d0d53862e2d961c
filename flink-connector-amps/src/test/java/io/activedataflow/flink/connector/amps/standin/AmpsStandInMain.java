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

import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a stand-in server by itself, until its input ends or it is told to terminate. Options:
 *
 * <ul>
 *   <li>{@code --port N}: the port; default any
 *   <li>{@code --admin-port N}: an administration interface on this port, 0 for any; default none
 *   <li>{@code --name NAME}: the name of the instance; default {@code standin}
 *   <li>{@code --message-types A,B}: the message types; default all that need no configuration
 *   <li>{@code --sow TOPIC FIELD}: a topic of JSON that is kept in the state of the world, and the
 *       field its keys are made of; may be given several times
 *   <li>{@code --websocket}: clients may also speak WebSocket, on a port of its own
 *   <li>{@code --any-address}: clients may come from other machines; default only from this one
 *   <li>{@code --ignore-input}: runs on when its input ends, until it is told to terminate
 *   <li>{@code --user USER}: who has to log on, with the password in the environment variable
 *       {@code AMPS_STANDIN_PASSWORD}; default anybody
 *   <li>{@code --journal DIRECTORY}: the transaction log is on disk there before anything is
 *       acknowledged, and is read again at the start; default in memory only. What {@code --sow}
 *       keeps is not
 *   <li>{@code --queue TOPIC}: a queue, with leases of 10 s and a backlog of 1000 for each
 *       subscription; may be given several times
 *   <li>{@code --preload NxSIZE TOPIC}: so many messages of so many bytes in the log from the
 *       beginning, JSON with a rising {@code id}; may be given several times
 * </ul>
 *
 * <p>When it is ready, it prints where it is: a line each for {@code amps}, {@code admin} and
 * {@code websocket}, then {@code ready}.
 */
public final class AmpsStandInMain {

    private static final String PASSWORD_VARIABLE = "AMPS_STANDIN_PASSWORD";
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int BACKLOG = 1000;

    private AmpsStandInMain() {}

    /** Messages to begin with. */
    private record Preload(long count, int size, String topic) {}

    /** Runs a server. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        AmpsStandIn.Builder builder = AmpsStandIn.builder();
        Deque<Preload> preloads = new ArrayDeque<>();
        boolean admin = false;
        boolean webSocket = false;
        boolean ignoreInput = false;
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--port" -> builder.port(Integer.parseInt(value(option, rest)));
                case "--admin-port" -> {
                    builder.adminPort(Integer.parseInt(value(option, rest)));
                    admin = true;
                }
                case "--name" -> builder.name(value(option, rest));
                case "--message-types" -> builder.messageTypes(value(option, rest).split(","));
                case "--websocket" -> {
                    builder.websocket(true);
                    webSocket = true;
                }
                case "--ignore-input" -> ignoreInput = true;
                case "--any-address" -> builder.anyAddress(true);
                case "--user" -> builder.authentication(authentication(value(option, rest)));
                case "--journal" -> builder.log(TransactionLog.journaled(path(option, rest)));
                case "--queue" -> builder.queue(queue(value(option, rest)));
                case "--sow" ->
                        builder.sow(SowTopic.keyed(value(option, rest), value(option, rest)));
                case "--preload" -> preloads.add(preload(value(option, rest), value(option, rest)));
                default -> throw new IllegalArgumentException("Unknown option " + option + '.');
            }
        }
        AmpsStandIn server = builder.build();
        preloads.forEach(preload -> load(server, preload));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.start();
        System.out.println("amps " + server.uri("json"));
        if (admin) {
            System.out.println("admin " + server.adminUri());
        }
        if (webSocket) {
            System.out.println("websocket " + server.webSocketUri("json"));
        }
        System.out.println("ready");
        if (ignoreInput) {
            new CountDownLatch(1).await();
        }
        System.in.transferTo(OutputStream.nullOutputStream());
        server.close();
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("Option " + option + " lacks a value.");
        }
        return rest.pop();
    }

    private static Path path(String option, Deque<String> rest) {
        return Path.of(value(option, rest));
    }

    private static Authentication authentication(String user) {
        String password = System.getenv(PASSWORD_VARIABLE);
        if (password == null) {
            throw new IllegalArgumentException(
                    "Option --user needs the password in the environment variable "
                            + PASSWORD_VARIABLE
                            + '.');
        }
        return Authentication.user(user, password);
    }

    private static QueueDefinition queue(String topic) {
        return QueueDefinition.named(topic)
                .leasePeriod(LEASE)
                .maxPerSubscriptionBacklog(BACKLOG)
                .build();
    }

    private static Preload preload(String amount, String topic) {
        String[] parts = amount.split("x");
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "Option --preload takes a number and a size such as 1000x200, not " + amount);
        }
        return new Preload(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), topic);
    }

    private static void load(AmpsStandIn server, Preload preload) {
        for (long id = 1; id <= preload.count(); id++) {
            server.publish("preload", id, preload.topic(), body(id, preload.size()));
        }
    }

    /** A JSON object of that size, or a little more if it cannot be smaller. */
    private static byte[] body(long id, int size) {
        String start = "{\"id\":" + id + ",\"text\":\"";
        String end = "\"}";
        char[] filling = new char[Math.max(0, size - start.length() - end.length())];
        Arrays.fill(filling, 'x');
        return (start + new String(filling) + end).getBytes(StandardCharsets.US_ASCII);
    }
}
