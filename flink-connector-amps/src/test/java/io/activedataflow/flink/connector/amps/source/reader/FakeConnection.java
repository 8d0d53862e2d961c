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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsAnswerHandler;
import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscriptionHandler;

import javax.annotation.Nullable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to one of the {@link FakeServers}. */
final class FakeConnection implements AmpsConnection {

    /**
     * What a queue was told.
     *
     * @param back whether the messages were given back rather than acknowledged
     * @param answer for the test to call; null where they were given back
     */
    record Settled(
            FakeConnection connection,
            String queue,
            String bookmarks,
            boolean back,
            @Nullable AmpsAnswerHandler answer) {}

    private static final String NOW = "0|1|";

    private final FakeServers servers;
    private final AmpsServerUri server;
    private final String clientName;
    private final CountDownLatch opening = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger beats = new AtomicInteger();
    private volatile RuntimeException beatFailure;

    FakeConnection(FakeServers servers, AmpsServerUri server, String clientName) {
        this.servers = servers;
        this.server = server;
        this.clientName = clientName;
    }

    String clientName() {
        return clientName;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Whether somebody has begun to open it. */
    boolean isBeingOpened() {
        return opening.getCount() == 0;
    }

    /** How many signs of life were given on behalf of the client. */
    int beats() {
        return beats.get();
    }

    /** Every further beat fails. */
    void failBeats(RuntimeException cause) {
        beatFailure = cause;
    }

    @Override
    public AmpsServerUri server() {
        return server;
    }

    @Override
    public void open() {
        opening.countDown();
        FakeServers.Behaviour behaviour = servers.behaviour(server);
        if (behaviour.silent()) {
            awaitClose();
        }
        requireOpen();
        AmpsException failure = behaviour.nextOpenFailure();
        if (failure != null) {
            throw failure;
        }
    }

    private void requireOpen() {
        if (isClosed()) {
            throw FakeServers.retriable("The connection was closed while it was in use.");
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int serverVersion() {
        return servers.behaviour(server).version();
    }

    @Override
    public void subscribe(AmpsSubscribeCommand command, AmpsSubscriptionHandler handler) {
        requireOpen();
        FakeServers.Behaviour behaviour = servers.behaviour(server);
        if (command.options().contains("top_n=1")) {
            if (!behaviour.silentToQuestions()) {
                tellOldest(behaviour.oldest(), handler);
            }
            return;
        }
        if (NOW.equals(command.bookmark())) {
            handler.onCompleted(behaviour.logEnd());
            return;
        }
        AmpsException refusal = behaviour.nextRefusal();
        if (refusal != null) {
            throw refusal;
        }
        servers.subscribed(new FakeSubscription(this, command, handler));
    }

    private static void tellOldest(TestDelivery oldest, AmpsSubscriptionHandler handler) {
        if (oldest != null) {
            handler.onMessage(oldest);
        }
        handler.onCompleted(null);
    }

    @Override
    public void acknowledge(String queue, String bookmarks, AmpsAnswerHandler answer) {
        requireOpen();
        servers.settled(new Settled(this, queue, bookmarks, false, answer));
    }

    @Override
    public void giveBack(String queue, String bookmarks) {
        requireOpen();
        servers.settled(new Settled(this, queue, bookmarks, true, null));
    }

    @Override
    public void beat() {
        beats.incrementAndGet();
        if (beatFailure != null) {
            throw beatFailure;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
