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

import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;

/**
 * A subscription to a queue. Asked and served by the queue, one call at a time and with the queue
 * locked, so it must neither wait nor call the queue.
 */
public interface QueueConsumer {

    /** Who may acknowledge what this subscription has leased, where leasing is strict. */
    Object owner();

    /** The client, as tests see it. */
    String clientName();

    /** The id of the subscription, as tests see it. */
    String subId();

    /** How its bodies are to be read. */
    String messageType();

    /** How many leases it asks for at most. */
    int maxBacklog();

    /** Whether it wants a message. */
    boolean wants(FilterSubject message);

    /**
     * Takes a message.
     *
     * @param leaseUntilMicros when its lease ends, microseconds since 1970 UTC; {@link
     *     MessageQueue#NO_END} if it does not end; null if the message is not leased but given away
     */
    void deliver(QueuedMessage message, Long leaseUntilMicros);
}
