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

package io.activedataflow.flink.connector.amps.standin.queue;

import java.time.Duration;

/**
 * What can go wrong with queues, on request. Takes effect at once and lasts until it is switched
 * off or used up. An acknowledgement is one command, whether it acknowledges, cancels or expires,
 * and however many messages. Thread-safe.
 */
public final class QueueFaults {

    private static final int NEVER = -1;

    private final Runnable changed;
    private int acksUntilLoss = NEVER;
    private int acksUntilCut = NEVER;
    private String refusal;
    private int refusals;
    private boolean held;
    private long delayNanos;

    /** What to do with an acknowledgement that has been read. */
    public enum Fate {
        /** As asked. */
        CARRY_OUT,
        /** As asked, and then cut the connection. */
        CARRY_OUT_AND_CUT,
        /** Nothing, but cut the connection. */
        LOSE,
        /** Nothing but a failure acknowledgement where one was asked for. */
        REFUSE
    }

    /**
     * @param changed called when a queue might deliver again
     */
    public QueueFaults(Runnable changed) {
        this.changed = changed;
    }

    /**
     * The next acknowledgements take effect; then the connection that sends another one is cut, and
     * that one is lost; once.
     */
    public synchronized void loseAckAfter(int acks) {
        acksUntilLoss = acks;
    }

    /** Cuts the connection that sends the n-th acknowledgement from now, which takes effect. */
    public synchronized void dropAfterAcks(int acks) {
        acksUntilCut = acks;
    }

    /** The next acknowledgements have no effect; who asks for it is told the reason. */
    public synchronized void refuseAcks(String reason, int times) {
        refusal = reason;
        refusals = times;
    }

    /** No queue leases or delivers anything. */
    public void holdDeliveries(boolean value) {
        synchronized (this) {
            held = value;
        }
        changed.run();
    }

    /**
     * What is delivered from now on is leased at once but sent that much later; what comes behind
     * it in the stream of the connection waits, too. Zero switches this off.
     */
    public synchronized void delayDeliveries(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Counts an acknowledgement and tells what is to be done with it. */
    public synchronized Fate fateOfAck() {
        if (acksUntilLoss == 0) {
            acksUntilLoss = NEVER;
            return Fate.LOSE;
        }
        if (refusals > 0) {
            refusals--;
            return Fate.REFUSE;
        }
        acksUntilLoss = Math.max(NEVER, acksUntilLoss - 1);
        acksUntilCut = Math.max(NEVER, acksUntilCut - 1);
        if (acksUntilCut == 0) {
            acksUntilCut = NEVER;
            return Fate.CARRY_OUT_AND_CUT;
        }
        return Fate.CARRY_OUT;
    }

    /** Why acknowledgements are refused. */
    public synchronized String refusal() {
        return refusal;
    }

    /** How much later messages are sent, nanoseconds. */
    public synchronized long delayNanos() {
        return delayNanos;
    }

    synchronized boolean holdsDeliveries() {
        return held;
    }
}
