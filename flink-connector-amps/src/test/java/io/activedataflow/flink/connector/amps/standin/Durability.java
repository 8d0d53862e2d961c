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
 * How far the sync replication destinations have acknowledged the log. Without being told otherwise
 * they acknowledge everything at once. Thread-safe.
 */
final class Durability {

    private volatile long limit = Long.MAX_VALUE;

    /** From now on only what has been acknowledged up to here counts as durable. */
    void limitTo(long position) {
        limit = position;
    }

    void unlimited() {
        limit = Long.MAX_VALUE;
    }

    boolean covers(long position) {
        return position <= limit;
    }

    /** The last position that is durable, out of those up to the given one. */
    long upTo(long position) {
        return Math.min(position, limit);
    }
}
