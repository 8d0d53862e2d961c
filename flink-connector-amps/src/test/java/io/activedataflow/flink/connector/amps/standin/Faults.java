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

import io.activedataflow.flink.connector.amps.standin.queue.QueueFaults;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What can go wrong, on request. Every fault takes effect at once, also on open connections, and
 * lasts until it is switched off or used up. Thread-safe.
 */
public final class Faults {

    private final Broker broker;
    private final QueueFaults queues;
    private final SowFaults sow;
    private final Set<String> withheldTypes = ConcurrentHashMap.newKeySet();
    private final Queue<Runnable> withheld = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Scripted> logons = new AtomicReference<>();
    private final AtomicReference<Scripted> subscribes = new AtomicReference<>();
    private final AtomicReference<Scripted> publishes = new AtomicReference<>();
    private final AtomicReference<Cut> cut = new AtomicReference<>();
    private final AtomicInteger duplications = new AtomicInteger();
    private final AtomicInteger truncations = new AtomicInteger();
    private volatile int framesPerConnection;
    private volatile long ackDelayNanos;
    private volatile boolean silent;
    private volatile boolean heartbeatsStopped;
    private volatile boolean messagesHeld;

    /** Commands that fail with a reason, so many times. */
    private record Scripted(String reason, int times) {}

    /** Cuts a connection after so many frames; name null for any connection. */
    private record Cut(String clientName, boolean messagesOnly, int frames) {}

    Faults(Broker broker, QueueFaults queues) {
        this.broker = broker;
        this.queues = queues;
        this.sow = new SowFaults(broker::wakeAll);
    }

    /** What can go wrong with queues. */
    public QueueFaults queues() {
        return queues;
    }

    /** What can go wrong with queries of the state of the world. */
    public SowFaults sow() {
        return sow;
    }

    /** Cuts all connections now. */
    public void dropConnections() {
        broker.sessions().forEach(session -> session.close("fault injection"));
    }

    /** Cuts the connection of a client now, if there is one. */
    public void dropConnection(String clientName) {
        for (Session session : broker.sessions()) {
            if (clientName.equals(session.clientName())) {
                session.close("fault injection");
            }
        }
    }

    /** Cuts the connection that sends the n-th frame from now, right behind it; once. */
    public void dropAfterFrames(int frames) {
        cut.set(new Cut(null, false, frames));
    }

    /** Cuts the connection that sends the n-th message from now, right behind it; once. */
    public void dropAfterMessages(int messages) {
        cut.set(new Cut(null, true, messages));
    }

    /** Cuts the connection of a client behind its n-th message from now; once. */
    public void dropAfterMessages(String clientName, int messages) {
        cut.set(new Cut(clientName, true, messages));
    }

    /** Cuts every connection behind its n-th frame; 0 switches this off. */
    public void dropEachConnectionAfterFrames(int frames) {
        framesPerConnection = frames;
    }

    /** Sends the next messages twice. */
    public void duplicateFrames(int messages) {
        duplications.set(messages);
    }

    /** Cuts a connection in the middle of its next message; once. */
    public void truncateFrame() {
        truncations.set(1);
    }

    /**
     * Acknowledgements are sent that much later; what comes behind them in the stream of the
     * connection waits, too. Zero switches this off.
     */
    public void delayAcks(Duration delay) {
        ackDelayNanos = delay.toNanos();
    }

    /**
     * Keeps back acknowledgements of a type: {@code processed}, {@code persisted} or {@code
     * completed}. A subscription whose processed acknowledgement is kept back does not begin.
     */
    public void withholdAck(String type) {
        withheldTypes.add(type);
    }

    /** Sends what was kept back, in order, and keeps nothing back any more. */
    public void releaseAcks() {
        withheldTypes.clear();
        Runnable next = withheld.poll();
        while (next != null) {
            next.run();
            next = withheld.poll();
        }
    }

    /** Nothing is sent to anybody, while connections are accepted and commands carried out. */
    public void silence(boolean value) {
        silent = value;
        broker.wakeAll();
    }

    /** No heartbeats are sent. */
    public void stopHeartbeats(boolean value) {
        heartbeatsStopped = value;
    }

    /** No messages are sent, while commands are answered. */
    public void holdMessages(boolean value) {
        messagesHeld = value;
        broker.wakeAll();
    }

    /** The next logons fail. */
    public void failLogons(String reason, int times) {
        logons.set(new Scripted(reason, times));
    }

    /** The next subscribe commands fail. */
    public void failSubscribes(String reason, int times) {
        subscribes.set(new Scripted(reason, times));
    }

    /** The next publishes fail. */
    public void failPublishes(String reason, int times) {
        publishes.set(new Scripted(reason, times));
    }

    /**
     * The sync replication destinations acknowledge only what is in the log up to a position, until
     * {@link #acknowledgeReplication()}: nothing later is acknowledged to publishers or told to
     * bookmark subscribers as persisted, and fully durable subscriptions do not get it.
     */
    public void holdReplicationAfter(long position) {
        broker.durability().limitTo(position);
        broker.wakeAll();
    }

    /** The sync replication destinations acknowledge everything at once again. */
    public void acknowledgeReplication() {
        broker.durability().unlimited();
        broker.sessions().forEach(session -> session.publishAcks().acknowledge());
        broker.wakeAll();
    }

    /**
     * Sends any frame to a client.
     *
     * @param header complete, with braces
     * @return false if no such client is connected
     */
    public boolean inject(String clientName, String header, byte[] body) {
        FrameBuffer frame = new FrameBuffer(header.length() + body.length + 8);
        frame.begin();
        frame.append(header).append(body);
        frame.end();
        boolean found = false;
        for (Session session : broker.sessions()) {
            if (clientName.equals(session.clientName())) {
                session.send(frame.toBytes());
                found = true;
            }
        }
        return found;
    }

    void failLogonIfTold() throws Rejected {
        failIfTold(logons);
    }

    void failSubscribeIfTold() throws Rejected {
        failIfTold(subscribes);
    }

    void failPublishIfTold() throws Rejected {
        failIfTold(publishes);
    }

    boolean withholds(String ackType) {
        return withheldTypes.contains(ackType);
    }

    void withhold(Runnable sending) {
        withheld.add(sending);
    }

    long ackDelayNanos() {
        return ackDelayNanos;
    }

    boolean isSilent() {
        return silent;
    }

    boolean stopsHeartbeats() {
        return heartbeatsStopped;
    }

    boolean holdsMessages() {
        return messagesHeld;
    }

    /** Whether any fault is armed that counts frames. */
    boolean countFrames() {
        return cut.get() != null
                || framesPerConnection > 0
                || duplications.get() > 0
                || truncations.get() > 0;
    }

    int framesPerConnection() {
        return framesPerConnection;
    }

    boolean takeDuplication() {
        return take(duplications);
    }

    boolean takeTruncation() {
        return take(truncations);
    }

    /** Counts a frame and tells whether its connection is to be cut behind it. */
    boolean takeCut(String clientName, boolean message) {
        Cut before = cut.getAndUpdate(now -> counted(now, clientName, message));
        return before != null
                && before != counted(before, clientName, message)
                && before.frames() <= 1;
    }

    private static Cut counted(Cut cut, String clientName, boolean message) {
        if (cut == null
                || (cut.messagesOnly() && !message)
                || (cut.clientName() != null && !cut.clientName().equals(clientName))) {
            return cut;
        }
        return cut.frames() <= 1
                ? null
                : new Cut(cut.clientName(), cut.messagesOnly(), cut.frames() - 1);
    }

    private static boolean take(AtomicInteger supply) {
        return supply.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static void failIfTold(AtomicReference<Scripted> script) throws Rejected {
        Scripted told =
                script.getAndUpdate(
                        now ->
                                now == null || now.times() <= 1
                                        ? null
                                        : new Scripted(now.reason(), now.times() - 1));
        if (told != null) {
            throw new Rejected(told.reason());
        }
    }
}
