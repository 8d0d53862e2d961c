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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The messages of a queue, waiting or leased; guarded by the queue. */
final class Stock {

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final NavigableSet<Entry> waiting = new TreeSet<>(Entry.ORDER);
    private final Set<Entry> leased = new LinkedHashSet<>();

    void add(Entry entry) {
        entries.put(entry.message().bookmark(), entry);
        waiting.add(entry);
    }

    /** The message with a bookmark, null if it is not there. */
    Entry get(String bookmark) {
        return entries.get(bookmark);
    }

    int size() {
        return entries.size();
    }

    /** All in the order they came in. */
    List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /** Whether all that came before have left. */
    boolean isFirst(Entry entry) {
        return entries.values().iterator().next() == entry;
    }

    /** Those that are waiting in the order of delivery. */
    List<Entry> waiting() {
        return List.copyOf(waiting);
    }

    /** As {@link #waiting}; what is not waiting any more has to be removed through it. */
    Iterator<Entry> taking() {
        return waiting.iterator();
    }

    /** Those that are leased, oldest lease first. */
    List<Entry> leased() {
        return List.copyOf(leased);
    }

    int leasedCount() {
        return leased.size();
    }

    /** Gives a message to a subscription that was taken from those that are waiting. */
    void lease(Entry entry, Holder holder, long from, long until) {
        entry.lease(holder, from, until);
        holder.add(entry);
        leased.add(entry);
    }

    /** Ends the lease of a message, if it has one. It is in neither state then. */
    void release(Entry entry) {
        if (entry.holder() != null) {
            entry.holder().remove(entry);
            entry.release();
            leased.remove(entry);
        }
    }

    /** Puts a message back among those that are waiting. */
    void putBack(Entry entry) {
        waiting.add(entry);
    }

    void remove(Entry entry) {
        release(entry);
        waiting.remove(entry);
        entries.remove(entry.message().bookmark());
    }

    void clear() {
        leased().forEach(this::release);
        waiting.clear();
        entries.clear();
    }

    List<QueueView.Lease> leases() {
        List<QueueView.Lease> leases = new ArrayList<>();
        for (Entry entry : leased) {
            QueueConsumer consumer = entry.holder().consumer();
            leases.add(
                    new QueueView.Lease(
                            entry.message(),
                            consumer.clientName(),
                            consumer.subId(),
                            entry.leasedUntil(),
                            entry.deliveries()));
        }
        return leases;
    }
}
