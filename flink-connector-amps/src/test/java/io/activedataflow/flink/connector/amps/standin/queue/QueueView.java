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
import java.util.List;

/** A queue as tests see it. All lists are copies. Thread-safe. */
public interface QueueView {

    /** How many messages are in the queue, leased or not. */
    int depth();

    /** The messages in the queue, leased or not, in the order they came in. */
    List<QueuedMessage> messages();

    /** The messages that nobody has leased, in the order in which they would be delivered. */
    List<QueuedMessage> available();

    /** How many messages are leased. */
    int leasedCount();

    /** Who has leased what, oldest lease first. */
    List<Lease> leases();

    /** How long ago the oldest lease was taken, zero if there is none. */
    Duration ageOfOldestLease();

    /** What has been acknowledged, in the order of acknowledgement, since the server exists. */
    List<QueuedMessage> acknowledged();

    /** What has expired, by age, by a limit or by command, in that order. */
    List<QueuedMessage> expired();

    /** The messages of all deliveries but the first of each message, in the order of delivery. */
    List<QueuedMessage> redelivered();

    /** How many deliveries there were. */
    long deliveries();

    /** How many leases have expired. */
    long expiredLeases();

    /** How often messages were given back by command. */
    long cancels();

    /** How many subscriptions there are. */
    int consumers();

    /**
     * Does now what is due by the clock of the server: ends leases, expires messages. A running
     * server does it by itself every few milliseconds.
     */
    void tick();

    /**
     * A lease.
     *
     * @param untilMicros microseconds since 1970 UTC; {@link MessageQueue#NO_END} for no end
     * @param deliveries how often the message has been delivered, with this time
     */
    record Lease(
            QueuedMessage message,
            String clientName,
            String subId,
            long untilMicros,
            int deliveries) {}
}
