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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A subscription and what it has leased; guarded by the queue. */
final class Holder {

    private final QueueConsumer consumer;
    private final int limit;
    private final Set<Entry> leases = new LinkedHashSet<>();

    Holder(QueueConsumer consumer, int limit) {
        this.consumer = consumer;
        this.limit = limit;
    }

    QueueConsumer consumer() {
        return consumer;
    }

    boolean hasRoom() {
        return leases.size() < limit;
    }

    /** Whether a smaller part of its backlog is in use than of the other one. */
    boolean isLessBusyThan(Holder other) {
        return (long) leases.size() * other.limit < (long) other.leases.size() * limit;
    }

    void add(Entry entry) {
        leases.add(entry);
    }

    void remove(Entry entry) {
        leases.remove(entry);
    }

    /** All its leases, oldest first. */
    List<Entry> leases() {
        return new ArrayList<>(leases);
    }

    void takeOver(Holder other) {
        for (Entry entry : other.leases) {
            entry.passTo(this);
            leases.add(entry);
        }
        other.leases.clear();
    }
}
