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

/**
 * How far the log is safe: on the disk of this instance, if it has a journal, and acknowledged by
 * the sync replication destinations, which without being told otherwise acknowledge everything at
 * once. Thread-safe.
 */
final class Durability {

    private final TransactionLog log;
    private volatile long limit = Long.MAX_VALUE;

    Durability(TransactionLog log) {
        this.log = log;
    }

    /** From now on only what has been acknowledged up to here counts as durable. */
    void limitTo(long position) {
        limit = position;
    }

    void unlimited() {
        limit = Long.MAX_VALUE;
    }

    /** Whether the position is durable without any further doing. */
    boolean coversAlready(long position) {
        return position <= limit && position <= log.durablePosition();
    }

    /** Whether the position is durable; brings all of the log to disk first, if it has to. */
    boolean covers(long position) {
        if (position > limit) {
            return false;
        }
        if (position > log.durablePosition()) {
            log.force();
        }
        return true;
    }

    /** The last position that is durable, out of those up to the given one in the log. */
    long upTo(long position) {
        long durable = Math.min(position, limit);
        covers(durable);
        return durable;
    }
}
