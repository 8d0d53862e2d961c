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

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the administration interface of a server tells about it. Asked anew for each request, by a
 * thread of the {@link AdminEndpoint}.
 */
public interface AdminModel {

    /** The name of the instance. */
    String name();

    /** The version of the server, for example {@code 5.3.5.3}. */
    String version();

    /** Now, by the clock of the server. */
    Instant now();

    /** The topics that are kept in the state of the world. */
    List<SowTopic> sowTopics();

    /** The queues. */
    List<Queue> queues();

    /** The views. */
    List<View> views();

    /** What the transaction log holds. */
    LogRange log();

    /** The subscriptions of all connections. */
    List<SubscriptionView> subscriptions();

    /** The names the connected clients have logged on with. */
    List<String> clientNames();

    /** What clients can connect to. */
    List<Transport> transports();

    /**
     * A topic that is kept in the state of the world.
     *
     * @param records how many records it holds
     * @param inserts how many records have been new
     * @param updates how many records have been changed
     * @param deletes how many records have been deleted or have expired
     * @param historyWindow how far back it can be queried, null if only the present can be
     */
    record SowTopic(
            String topic,
            String messageType,
            long records,
            long inserts,
            long updates,
            long deletes,
            Duration historyWindow) {

        /** A topic of which nothing is known but its size. */
        SowTopic(String topic, String messageType, long records) {
            this(topic, messageType, records, records, 0, 0, null);
        }
    }

    /**
     * A queue.
     *
     * @param depth how many messages it holds, leased or not
     * @param backlog how many of them are leased
     * @param ageOfOldestLease for how long the oldest lease has been held, zero if there is none
     * @param expiredLeases how many leases have expired since the server was started
     */
    record Queue(
            String topic,
            long depth,
            long backlog,
            Duration ageOfOldestLease,
            long expiredLeases) {}

    /** A view and the topic it is made of. */
    record View(String topic, String underlyingTopic, String messageType) {}

    /**
     * The messages in the transaction log.
     *
     * @param oldest when its oldest message was logged, null if it holds none
     * @param newest when its newest message was logged, null if it holds none
     */
    record LogRange(Instant oldest, Instant newest) {}

    /** A port clients can connect to, and the protocol spoken there. */
    record Transport(String name, String type, int port) {}
}
