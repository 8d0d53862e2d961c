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

package io.activedataflow.flink.connector.redis.source.reader;

import org.apache.flink.annotation.Internal;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Adds up what the splits of a reader have not fetched yet. Any thread. */
@Internal
final class PendingEntries {

    private final Set<SplitProgress> splits = ConcurrentHashMap.newKeySet();

    private volatile long fetcherSeenNanos = System.nanoTime();

    /** The fetcher is at work, and asks about the streams itself when it is time. */
    void fetcherSeen(long nowNanos) {
        fetcherSeenNanos = nowNanos;
    }

    /** For how long the fetcher has been waiting for others to take what it has fetched. */
    long fetcherSilentNanos() {
        return System.nanoTime() - fetcherSeenNanos;
    }

    /** All splits there are now. */
    Iterable<SplitProgress> splits() {
        return splits;
    }

    void add(SplitProgress split) {
        splits.add(split);
    }

    void remove(SplitProgress split) {
        splits.remove(split);
    }

    void removeAll(Collection<SplitProgress> some) {
        some.forEach(splits::remove);
    }

    /** The sum, or {@link PendingCount#UNKNOWN} if it is unknown for any split. */
    long sum() {
        long sum = 0;
        for (SplitProgress split : splits) {
            long pending = split.pendingEntries();
            if (pending == PendingCount.UNKNOWN) {
                return PendingCount.UNKNOWN;
            }
            sum += pending;
        }
        return sum;
    }
}
