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

import io.activedataflow.flink.connector.amps.standin.sow.SowChange;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection: a reader thread, which carries out the commands one after the other, and a writer
 * thread.
 */
final class Session {

    private final Broker broker;
    private final FrameChannel channel;
    private final FrameReader frames;
    private final WireTrace trace;
    private final SessionWriter writer;
    private final PublishAcks publishAcks;
    private final Subscriptions subscriptions = new Subscriptions();
    private final RunningQueries queries = new RunningQueries();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread readerThread;
    private final Thread writerThread;

    private volatile Identity identity = Identity.NOBODY;

    /** Who has logged on; all null before. */
    record Identity(String clientName, String user, String messageType) {
        static final Identity NOBODY = new Identity(null, null, null);
    }

    Session(Broker broker, FrameChannel channel, long number) {
        this.broker = broker;
        this.channel = channel;
        this.frames = new FrameReader(channel.input());
        this.trace =
                broker.settings().trace() == null ? null : new WireTrace(broker.settings().trace());
        this.writer = new SessionWriter(this, channel.output(), broker.faults());
        this.publishAcks = new PublishAcks(this, broker.durability());
        this.readerThread = thread("reader", number, new CommandReader(this, broker));
        this.writerThread = thread("writer", number, writer);
    }

    private Thread thread(String role, long number, Runnable work) {
        String name = "amps-standin-" + broker.settings().name() + '-' + role + '-' + number;
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        writer.persisted().every(broker.settings().persistedAckInterval());
        writerThread.start();
        readerThread.start();
    }

    /** The message type of a client that says none at logon; null if it must say it. */
    String impliedMessageType() {
        return channel.messageType();
    }

    FrameReader frames() {
        return frames;
    }

    Identity identity() {
        return identity;
    }

    /** The name the client has logged on with, null before. */
    String clientName() {
        return identity.clientName();
    }

    boolean isLoggedOn() {
        return identity != Identity.NOBODY;
    }

    void loggedOn(Identity who) {
        identity = who;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** The queries whose answers have not been written yet. */
    RunningQueries queries() {
        return queries;
    }

    PublishAcks publishAcks() {
        return publishAcks;
    }

    SessionWriter writer() {
        return writer;
    }

    boolean isTraced() {
        return trace != null;
    }

    WireTrace trace() {
        return trace;
    }

    /** Sends a frame as it is. */
    void send(byte[] frame) {
        offer(new OutQueue.Item(frame, false, System.nanoTime(), null));
    }

    /** Does something when everything queued so far has been written; on the writer thread. */
    void afterwards(Runnable step) {
        offer(new OutQueue.Item(null, false, System.nanoTime(), step));
    }

    /**
     * Sends an acknowledgement.
     *
     * @param frame null if the client did not ask for it
     * @param then done when it has been queued, also if there is none to be sent; may be null
     */
    void ack(byte[] frame, String type, Runnable then) {
        if (frame != null && broker.faults().withholds(type)) {
            broker.faults().withhold(() -> queueAck(frame, then));
        } else {
            queueAck(frame, then);
        }
    }

    private void queueAck(byte[] frame, Runnable then) {
        // In one step for publishers: whoever has seen the acknowledgement gets what comes then.
        subscriptions.atomically(
                () -> {
                    if (frame != null) {
                        long due = System.nanoTime() + broker.faults().ackDelayNanos();
                        offer(new OutQueue.Item(frame, false, due, null));
                    }
                    if (then != null) {
                        then.run();
                    }
                });
    }

    /**
     * As {@link #ack}, while nothing is published and the state of the world does not change. What
     * is done then may look at it.
     */
    void ackInOrder(byte[] frame, String type, Runnable then) {
        Runnable sending = () -> broker.inOrder(() -> queueAck(frame, then));
        if (frame != null && broker.faults().withholds(type)) {
            broker.faults().withhold(sending);
        } else {
            sending.run();
        }
    }

    /** Sends a frame that is a message. */
    void sendMessage(byte[] frame) {
        offer(new OutQueue.Item(frame, true, System.nanoTime(), null));
    }

    /**
     * Passes a message on to those subscriptions that want it; never blocks.
     *
     * @param change what it has done to the state of the world; null for nothing
     */
    void deliver(Message message, SowChange change) {
        deliver(message);
        for (SowSubscription subscription : subscriptions.ofSow()) {
            if (change == null) {
                subscription.published(message, this::sendMessage);
            } else {
                subscription.changed(change, this::sendMessage);
            }
        }
        writer.queue().signal();
    }

    /** Passes on a change of the state of the world that is no message. */
    void deliver(SowChange change) {
        for (SowSubscription subscription : subscriptions.ofSow()) {
            subscription.changed(change, this::sendMessage);
        }
    }

    private void deliver(Message message) {
        for (Subscriptions.Delivery delivery : subscriptions.deliveries(message)) {
            FrameBuffer frame = new FrameBuffer(message.body().length() + 256);
            frame.begin();
            frame.append(
                    HeaderBuilder.command("p")
                            .add("t", message.topic())
                            .add("sids", String.join(",", delivery.subIds()))
                            .open());
            message.appendTo(
                    frame,
                    delivery.look().bookmark(),
                    delivery.look().timestamp(),
                    delivery.look().sowKey(),
                    delivery.reading().select(message.body()));
            frame.end();
            sendMessage(frame.toBytes());
        }
    }

    /**
     * Sends a message, not before a time. Unlike everything else that sends, this neither closes
     * the connection of a slow client nor takes another lock than that of its queue.
     *
     * @return whether there was room for it
     */
    boolean trySend(byte[] message, long notBefore) {
        return writer.queue().offer(new OutQueue.Item(message, true, notBefore, null));
    }

    private void offer(OutQueue.Item item) {
        if (!writer.queue().offer(item)) {
            close("slow client");
        }
    }

    /** The longest silence of the client that is tolerated. */
    void tolerateSilence(Duration longest) throws IOException {
        channel.tolerateSilence(longest);
    }

    /** Waits unless the connection is closed meanwhile. */
    void pause(long nanos) {
        try {
            closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the threads have ended, but for the calling one, and not for ever. */
    void awaitEnd(long millis) throws InterruptedException {
        for (Thread thread : List.of(readerThread, writerThread)) {
            if (thread != Thread.currentThread()) {
                thread.join(millis);
            }
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Closes the connection when everything queued so far has been written. */
    void closeAfterwards(String reason) {
        afterwards(() -> close(reason));
    }

    /** Closes the connection now. */
    void close(String reason) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        closed.countDown();
        broker.left(this);
        subscriptions.removeAll();
        writer.queue().signal();
        try {
            channel.close();
        } catch (IOException e) {
            // Nobody is interested in the socket any more.
        }
        if (trace != null) {
            trace.closed(clientName(), reason);
        }
    }
}
