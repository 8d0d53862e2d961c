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

package io.activedataflow.flink.connector.amps.standin.journal;

/** One thing that has happened to a transaction log. */
public sealed interface JournalRecord {

    /**
     * A message has been logged, at the position after the last one.
     *
     * @param publisherId unsigned
     * @param sequence unsigned
     * @param correlationId may be null, as user and sowKey
     * @param micros the time of this instance, microseconds since 1970 UTC
     */
    record Logged(
            long publisherId,
            long sequence,
            String topic,
            long micros,
            byte[] body,
            String correlationId,
            String user,
            String sowKey)
            implements JournalRecord {}

    /** A queue is done with a message. */
    record Taken(String queue, String bookmark) implements JournalRecord {}

    /** Messages before the position are forgotten. */
    record Pruned(long position) implements JournalRecord {}

    /** Everything is forgotten but the position of the next message. */
    record Wiped() implements JournalRecord {}
}
