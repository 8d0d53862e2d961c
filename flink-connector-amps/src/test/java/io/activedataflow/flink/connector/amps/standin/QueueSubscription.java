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

import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;
import io.activedataflow.flink.connector.amps.standin.queue.MessageQueue;
import io.activedataflow.flink.connector.amps.standin.queue.QueueConsumer;
import io.activedataflow.flink.connector.amps.standin.queue.QueuedMessage;

import java.util.concurrent.CompletableFuture;

/** A subscription to a queue; guarded by the lock of the queue. */
final class QueueSubscription implements Subscription, QueueConsumer {

    private final Session session;
    private final Queues queues;
    private final MessageQueue queue;
    private final SubscriptionView view;
    private final Reading reading;
    private final QueueOptions options;

    QueueSubscription(
            Session session,
            Queues queues,
            MessageQueue queue,
            SubscriptionView view,
            Reading reading,
            QueueOptions options) {
        this.session = session;
        this.queues = queues;
        this.queue = queue;
        this.view = view;
        this.reading = reading;
        this.options = options;
    }

    MessageQueue queue() {
        return queue;
    }

    @Override
    public SubscriptionView view() {
        return view;
    }

    @Override
    public void close() {
        queue.leave(this);
    }

    @Override
    public Object owner() {
        return session;
    }

    @Override
    public String clientName() {
        return view.clientName();
    }

    @Override
    public String subId() {
        return view.subId();
    }

    @Override
    public String messageType() {
        return reading.messageType();
    }

    @Override
    public int maxBacklog() {
        return options.maxBacklog();
    }

    @Override
    public boolean wants(FilterSubject message) {
        return reading.wantsTopic(message.topic()) && reading.wantsContent(message);
    }

    @Override
    public void deliver(QueuedMessage queued, Long leaseUntilMicros) {
        Message message = ((QueueMessage) queued).message();
        FrameBuffer frame = new FrameBuffer(message.body().length() + 256);
        frame.begin();
        frame.append(
                HeaderBuilder.command("p")
                        .add("t", view.topic())
                        .add("sids", view.subId())
                        .add("bm", queued.bookmark())
                        .add(
                                "lp",
                                leaseUntilMicros == null ? null : Timestamps.text(leaseUntilMicros))
                        .open());
        message.appendTo(
                frame,
                false,
                options.others().has("timestamp"),
                !options.others().has("no_sowkey"),
                reading.select(message.body()));
        frame.end();
        long due = System.nanoTime() + queues.faults().delayNanos();
        if (!session.trySend(frame.toBytes(), due)) {
            // On another thread, because closing ends the leases of this queue, which is locked.
            CompletableFuture.runAsync(() -> session.close("slow client"));
        }
    }
}
