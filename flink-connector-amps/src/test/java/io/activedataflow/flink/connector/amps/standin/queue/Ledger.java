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

import java.util.ArrayList;
import java.util.List;

/** What has become of the messages of a queue; guarded by the queue. */
final class Ledger {

    private final List<QueuedMessage> acknowledged = new ArrayList<>();
    private final List<QueuedMessage> expired = new ArrayList<>();
    private final List<QueuedMessage> redelivered = new ArrayList<>();
    private long deliveries;
    private long expiredLeases;
    private long cancels;

    void acknowledged(QueuedMessage message) {
        acknowledged.add(message);
    }

    void expired(QueuedMessage message) {
        expired.add(message);
    }

    void delivered(QueuedMessage message, boolean again) {
        deliveries++;
        if (again) {
            redelivered.add(message);
        }
    }

    void leaseExpired() {
        expiredLeases++;
    }

    void cancelled() {
        cancels++;
    }

    List<QueuedMessage> acknowledged() {
        return List.copyOf(acknowledged);
    }

    List<QueuedMessage> expired() {
        return List.copyOf(expired);
    }

    List<QueuedMessage> redelivered() {
        return List.copyOf(redelivered);
    }

    long deliveries() {
        return deliveries;
    }

    long expiredLeases() {
        return expiredLeases;
    }

    long cancels() {
        return cancels;
    }
}
