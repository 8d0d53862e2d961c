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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.CoveredMessagesEvent;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the subscriptions of one reader to queues share between its threads. Empty for readers of
 * other kinds. Thread-safe.
 */
@Internal
final class QueueLeases {

    private final Map<String, SplitLeases> bySplit = new ConcurrentHashMap<>();
    private final List<CoveredMessagesEvent> covered = new CopyOnWriteArrayList<>();
    private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();

    void put(String splitId, SplitLeases leases) {
        bySplit.put(splitId, leases);
    }

    @Nullable
    SplitLeases get(String splitId) {
        return bySplit.get(splitId);
    }

    void remove(String splitId) {
        bySplit.remove(splitId);
    }

    Collection<SplitLeases> all() {
        return bySplit.values();
    }

    /** How many messages were emitted and are not known to be acknowledged. */
    long unacknowledged() {
        return bySplit.values().stream().mapToLong(SplitLeases::unacknowledged).sum();
    }

    /** Messages that a restored checkpoint covers, so that they are not to be emitted again. */
    void addCovered(CoveredMessagesEvent messages) {
        covered.add(messages);
    }

    /** How many lists there are by now. */
    int coveredLists() {
        return covered.size();
    }

    /** One of the lists, empty if it is of another queue. */
    BookmarkList covered(String queue, int list) {
        CoveredMessagesEvent messages = covered.get(list);
        return messages.queue().equals(queue) ? messages.bookmarks() : BookmarkList.EMPTY;
    }

    /** Whether nobody has warned of this before. */
    boolean isFirstWarning(String what) {
        return warnedOf.add(what);
    }
}
