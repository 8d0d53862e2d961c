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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.testutils.Await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Remembers what it is told, in order. */
final class RecordingHandler implements AmpsSubscriptionHandler {

    /** What a handler is told. */
    sealed interface Event {}

    /** A message, copied. */
    record Received(
            AmpsCommand command,
            String body,
            String topic,
            String bookmark,
            String timestamp,
            String sowKey,
            String correlationId,
            String userId)
            implements Event {}

    /** An acknowledgement of durability. */
    record Persisted(AmpsBookmark bookmark) implements Event {}

    /** The end of the replay. */
    record Completed(AmpsBookmark bookmark) implements Event {}

    record GroupBegin() implements Event {}

    record GroupEnd() implements Event {}

    /** Something that nobody expected. */
    record LastChance(String description) implements Event {}

    /** The end. */
    record Disconnected(AmpsException cause) implements Event {}

    /** What is done with a message before it is remembered. */
    @FunctionalInterface
    interface Reaction {
        void to(AmpsDelivery message) throws InterruptedException;
    }

    private final List<Integer> backlogs = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Reaction reaction;

    RecordingHandler(Reaction reaction) {
        this.reaction = reaction;
    }

    RecordingHandler() {
        this(message -> {});
    }

    /** Blocks at every message until the gate is open; says when the first has come. */
    static RecordingHandler blocked(CountDownLatch entered, CountDownLatch gate) {
        return new RecordingHandler(
                message -> {
                    entered.countDown();
                    gate.await();
                });
    }

    List<Event> events() {
        return events;
    }

    <E extends Event> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The backlogs that a queue has told. */
    List<Integer> backlogs() {
        return backlogs;
    }

    List<String> bodies() {
        return all(Received.class).stream().map(Received::body).toList();
    }

    /** The cause of the end, which is waited for. */
    AmpsException awaitEnd() {
        await("the end of the subscription", () -> !all(Disconnected.class).isEmpty());
        return all(Disconnected.class).get(0).cause();
    }

    List<Received> awaitMessages(int count) {
        await(count + " messages", () -> all(Received.class).size() >= count);
        return all(Received.class);
    }

    void await(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(20), condition::getAsBoolean, () -> "Got: " + events);
    }

    @Override
    public void onMessage(AmpsDelivery message) {
        try {
            reaction.to(message);
        } catch (InterruptedException e) {
            throw new AssertionError("A handler was interrupted.", e);
        }
        events.add(
                new Received(
                        message.command(),
                        message.body().text(),
                        message.topic().text(),
                        message.bookmark().text(),
                        message.timestamp().text(),
                        message.sowKey().text(),
                        message.correlationId().text(),
                        message.userId().text()));
    }

    @Override
    public void onPersisted(AmpsBookmark bookmark) {
        events.add(new Persisted(bookmark));
    }

    @Override
    public void onBacklog(int messages) {
        backlogs.add(messages);
    }

    @Override
    public void onGroupBegin() {
        events.add(new GroupBegin());
    }

    @Override
    public void onGroupEnd() {
        events.add(new GroupEnd());
    }

    @Override
    public void onCompleted(AmpsBookmark bookmark) {
        events.add(new Completed(bookmark));
    }

    @Override
    public void onLastChance(String description) {
        events.add(new LastChance(description));
    }

    @Override
    public void onDisconnected(AmpsException cause) {
        events.add(new Disconnected(cause));
    }
}
