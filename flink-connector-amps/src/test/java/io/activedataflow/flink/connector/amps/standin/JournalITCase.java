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

import io.activedataflow.flink.connector.amps.testutils.Await;
import io.activedataflow.flink.connector.amps.testutils.Messages;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.DefaultServerChooser;
import com.crankuptheamps.client.FixedDelayStrategy;
import com.crankuptheamps.client.HAClient;
import com.crankuptheamps.client.MemoryBookmarkStore;
import com.crankuptheamps.client.MemoryPublishStore;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageStream;
import com.crankuptheamps.client.exception.AMPSException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A server with a journal that is killed again and again, and the official client. */
@Timeout(180)
class JournalITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMEOUT = 20_000;
    private static final int MESSAGES = 20_000;
    private static final int KILLS = 5;

    @TempDir private Path directory;

    private Process process;
    private URI uri;

    @AfterEach
    void end() throws InterruptedException {
        kill();
    }

    private void start(String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-cp", classes(), AmpsStandInMain.class.getName()));
        command.addAll(List.of("--journal", directory.toString()));
        command.addAll(List.of("--port", uri == null ? "0" : Integer.toString(uri.getPort())));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("AMPS_STANDIN_PASSWORD", "correct-horse");
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        uri = uriSaidBy(process.inputReader());
    }

    private static String classes() throws Exception {
        return Path.of(
                        AmpsStandIn.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                .toString();
    }

    private static URI uriSaidBy(BufferedReader output) throws IOException {
        URI found = null;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("amps ")) {
                found = URI.create(line.substring("amps ".length()));
            } else if (line.equals("ready")) {
                return found;
            }
        }
        throw new IOException("The server has ended before it was ready.");
    }

    /** SIGKILL. */
    private void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private HAClient highlyAvailable(String name) throws Exception {
        HAClient client = new HAClient(name);
        client.setServerChooser(new DefaultServerChooser().add(uri.toString()));
        client.setReconnectDelayStrategy(new FixedDelayStrategy(20, 60_000));
        return client;
    }

    private List<String> replay(int count) throws Exception {
        try (Client client = new Client("replay")) {
            client.connect(uri.toString());
            client.logon(TIMEOUT);
            MessageStream messages =
                    client.execute(
                            new Command("subscribe")
                                    .setTopic("orders")
                                    .setTimeout(TIMEOUT)
                                    .setBookmark(Client.Bookmarks.EPOCH));
            List<String> seen = new ArrayList<>();
            while (seen.size() < count) {
                Message message = Messages.next(messages);
                if (message.getCommand() == Message.Command.Publish) {
                    seen.add(seen(message));
                }
            }
            return seen;
        }
    }

    private static String seen(Message message) {
        return message.getBookmark() + ' ' + message.getData();
    }

    private static List<String> bodies(List<String> seen) {
        return seen.stream().map(text -> text.substring(text.indexOf(' ') + 1)).toList();
    }

    @Test
    void killedServerLosesAndRepeatsNothing() throws Exception {
        start();
        List<String> expected = IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "m" + i).toList();
        List<String> followed = new CopyOnWriteArrayList<>();
        AtomicInteger published = new AtomicInteger();
        try (HAClient publisher = highlyAvailable("publisher");
                HAClient follower = highlyAvailable("follower")) {
            MemoryPublishStore store = new MemoryPublishStore(MESSAGES);
            publisher.setPublishStore(store);
            publisher.connectAndLogon();
            follow(follower, followed);
            CompletableFuture<Void> publishing =
                    CompletableFuture.runAsync(() -> publish(publisher, expected, published));
            for (int i = 1; i <= KILLS; i++) {
                int next = i * MESSAGES / (KILLS + 2);
                Await.until("publishes", PATIENCE, () -> published.get() >= next);
                kill();
                start();
            }
            publishing.get(60, TimeUnit.SECONDS);
            Await.until("all acknowledged", PATIENCE, () -> store.unpersistedCount() == 0);
            kill();
            start();

            List<String> replayed = replay(MESSAGES);
            assertThat(bodies(replayed)).isEqualTo(expected);
            Await.until("all followed", PATIENCE, () -> followed.size() >= MESSAGES);
            assertThat(followed).isEqualTo(replayed);
        }
    }

    private static void follow(HAClient client, List<String> followed) throws Exception {
        MemoryBookmarkStore bookmarks = new MemoryBookmarkStore();
        client.setBookmarkStore(bookmarks);
        client.connectAndLogon();
        client.executeAsync(
                new Command("subscribe")
                        .setTopic("orders")
                        .setTimeout(TIMEOUT)
                        .setBookmark(Client.Bookmarks.MOST_RECENT)
                        .setSubId("S"),
                message -> {
                    if (message.getCommand() == Message.Command.Publish) {
                        followed.add(seen(message));
                        discard(bookmarks, message);
                    }
                });
    }

    private static void discard(MemoryBookmarkStore bookmarks, Message message) {
        try {
            bookmarks.discard(message);
        } catch (AMPSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void publish(HAClient client, List<String> bodies, AtomicInteger published) {
        try {
            for (String body : bodies) {
                client.publish("orders", body);
                published.incrementAndGet();
            }
        } catch (AMPSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void queueGoesOnWithoutWhatWasAcknowledged() throws Exception {
        start("--queue", "jobs", "--user", "worker");
        try (HAClient client = loggedIn("publisher")) {
            for (int i = 1; i <= 4; i++) {
                client.publish("jobs", "j" + i);
            }
            client.publishFlush(TIMEOUT);
        }
        try (HAClient client = loggedIn("worker-1")) {
            MessageStream jobs = client.execute(jobs());
            for (int i = 1; i <= 2; i++) {
                Message job = Messages.next(jobs);
                assertThat(job.getData()).isEqualTo("j" + i);
                client.ack("jobs", job.getBookmark());
            }
            client.publishFlush(TIMEOUT);
        }
        kill();
        start("--queue", "jobs", "--user", "worker");
        try (HAClient client = loggedIn("worker-2")) {
            assertThat(Messages.take(client.execute(jobs()), 2)).containsExactly("j3", "j4");
        }
    }

    private static Command jobs() {
        return new Command("subscribe")
                .setTopic("jobs")
                .setTimeout(TIMEOUT)
                .setOptions("max_backlog=10");
    }

    private HAClient loggedIn(String name) throws Exception {
        HAClient client = new HAClient(name);
        client.setServerChooser(
                new DefaultServerChooser()
                        .add(uri.toString().replace("tcp://", "tcp://worker:correct-horse@")));
        client.connectAndLogon();
        return client;
    }
}
