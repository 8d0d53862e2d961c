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
 * One message in the transaction log of one instance.
 *
 * @param position place in the log of this instance, from 1; {@link #NOT_LOGGED} for a message to a
 *     topic that is not logged
 * @param publisherId unsigned 64-bit number derived from the name of the publisher
 * @param sequence unsigned 64-bit number that rises strictly per publisher
 * @param timestampMicros when this instance processed the message, microseconds since 1970 UTC
 * @param correlationId may be null
 * @param user whom the publisher had logged on as; may be null
 * @param sowKey the key in the state of the world; null for a topic that is not kept there
 */
public record LogEntry(
        long position,
        long publisherId,
        long sequence,
        String topic,
        long timestampMicros,
        byte[] body,
        String correlationId,
        String user,
        String sowKey) {

    /** The position of a message that no log holds. */
    public static final long NOT_LOGGED = 0;

    /** A message to a topic that is not kept in the state of the world. */
    public LogEntry(
            long position,
            long publisherId,
            long sequence,
            String topic,
            long timestampMicros,
            byte[] body,
            String correlationId,
            String user) {
        this(
                position,
                publisherId,
                sequence,
                topic,
                timestampMicros,
                body,
                correlationId,
                user,
                null);
    }

    /** The identity of the message on every instance, as clients see it. */
    public String bookmark() {
        return Bookmarks.text(publisherId, sequence);
    }
}
