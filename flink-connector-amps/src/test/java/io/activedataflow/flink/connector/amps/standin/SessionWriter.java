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

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The writer thread of a connection. It writes what is queued, lets the replays of the connection
 * go on as fast as the socket takes it, and does what is due: acknowledgements and heartbeats.
 */
final class SessionWriter implements Runnable, FrameSink {

    private static final int BATCH_BYTES = 1 << 17;

    private final Session session;
    private final OutputStream out;
    private final Faults faults;
    private final OutQueue queue = new OutQueue();
    private final FrameBuffer buffer = new FrameBuffer(2 * BATCH_BYTES);
    private final List<ReplayCursor> cursors = new ArrayList<>();
    private final FaultyFrames faulty;
    private final Ticker persisted;
    private final Ticker heartbeats = new Ticker();
    private SowSnapshot snapshot;

    SessionWriter(Session session, OutputStream out, Faults faults) {
        this.session = session;
        this.out = out;
        this.faults = faults;
        this.persisted = new Ticker();
        this.faulty = new FaultyFrames(faults, session);
    }

    OutQueue queue() {
        return queue;
    }

    /** When acknowledgements of what is persisted are due. */
    Ticker persisted() {
        return persisted;
    }

    /** When heartbeats are due. */
    Ticker heartbeats() {
        return heartbeats;
    }

    /** Lets a replay begin; on the writer thread. */
    void begin(ReplayCursor cursor) {
        cursors.add(cursor);
    }

    /** Writes an answer before anything else that is queued; on the writer thread. */
    void play(SowSnapshot answer) {
        snapshot = answer;
    }

    @Override
    public void run() {
        try {
            while (!session.isClosed()) {
                long now = System.nanoTime();
                boolean more = writeQueued(now);
                more |= replay();
                doWhatIsDue(now);
                flush();
                if (!more) {
                    queue.await(nextAt(now));
                }
            }
        } catch (IOException e) {
            session.close(e.getMessage());
        } catch (InterruptedException e) {
            session.close("interrupted");
        }
    }

    @Override
    public FrameBuffer buffer() {
        return buffer;
    }

    @Override
    public void messageDone() throws IOException {
        frameDone(true);
    }

    @Override
    public void ack(byte[] frame, String type) throws IOException {
        if (faults.withholds(type)) {
            faults.withhold(() -> session.send(frame));
            return;
        }
        waitForDelayedAck();
        write(frame, false);
    }

    @Override
    public void mark(byte[] frame) throws IOException {
        write(frame, false);
    }

    @Override
    public void cut() throws IOException {
        flush();
        session.close("fault injection");
    }

    private boolean writeQueued(long now) throws IOException {
        while (buffer.size() < BATCH_BYTES && !session.isClosed()) {
            if (snapshot != null) {
                if (faults.holdsMessages() || !snapshot.advance(this, BATCH_BYTES)) {
                    return false;
                }
                if (snapshot.isDone()) {
                    session.queries().remove(snapshot);
                    snapshot = null;
                }
                continue;
            }
            OutQueue.Item item = queue.poll(now, !faults.holdsMessages());
            if (item == null) {
                return false;
            }
            if (item.frame() != null) {
                write(item.frame(), item.message());
            }
            if (item.then() != null) {
                flush();
                item.then().run();
            }
        }
        return true;
    }

    private boolean replay() throws IOException {
        cursors.removeIf(ReplayCursor::isClosed);
        if (faults.holdsMessages()) {
            return false;
        }
        boolean more = false;
        for (ReplayCursor cursor : cursors) {
            more |= cursor.advance(this, BATCH_BYTES);
        }
        return more;
    }

    private void doWhatIsDue(long now) throws IOException {
        if (persisted.isDue(now)) {
            session.publishAcks().acknowledge();
            for (ReplayCursor cursor : cursors) {
                cursor.acknowledge(this);
            }
        }
        if (heartbeats.isDue(now) && !faults.stopsHeartbeats()) {
            write(HeaderBuilder.command("heartbeat").frame(), false);
        }
    }

    private void write(byte[] frame, boolean message) throws IOException {
        buffer.appendFrame(frame);
        frameDone(message);
    }

    private void frameDone(boolean message) throws IOException {
        if (session.isTraced()) {
            session.trace().sent(buffer.array(), buffer.frameStart() + 4, buffer.size());
        }
        if (faulty.areArmed() && faulty.spoil(buffer, message)) {
            flush();
            session.close("fault injection");
        }
    }

    private void waitForDelayedAck() throws IOException {
        long delay = faults.ackDelayNanos();
        if (delay > 0) {
            flush();
            session.pause(delay);
        }
    }

    private void flush() throws IOException {
        if (buffer.size() > 0 && !session.isClosed()) {
            if (!faults.isSilent()) {
                out.write(buffer.array(), 0, buffer.size());
                out.flush();
            }
            buffer.clear();
        }
    }

    private long nextAt(long now) {
        long due = Math.min(persisted.nextAt(now), heartbeats.nextAt(now));
        // Nothing in the queue is written before the answer, however long that waits.
        return snapshot == null ? queue.nextAt(due) : due;
    }
}
