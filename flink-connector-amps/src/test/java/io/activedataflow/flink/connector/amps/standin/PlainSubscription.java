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

/** A subscription to what is published from now on; guarded by the lock of its registry. */
final class PlainSubscription implements Subscription {

    private final SubscriptionView view;
    private final Reading reading;
    private final Look look;
    private volatile boolean closed;

    /** How its messages look; those of equal look share a frame. */
    record Look(boolean bookmark, boolean timestamp, boolean sowKey, String select) {}

    PlainSubscription(SubscriptionView view, Reading reading, Look look) {
        this.view = view;
        this.reading = reading;
        this.look = look;
    }

    boolean wants(Message message) {
        return !closed && reading.wantsTopic(message.topic()) && reading.wantsContent(message);
    }

    Reading reading() {
        return reading;
    }

    Look look() {
        return look;
    }

    @Override
    public SubscriptionView view() {
        return view;
    }

    @Override
    public void close() {
        closed = true;
    }
}
