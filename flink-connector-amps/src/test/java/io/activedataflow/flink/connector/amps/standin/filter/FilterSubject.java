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

package io.activedataflow.flink.connector.amps.standin.filter;

/**
 * The message a {@link ContentFilter} is asked about. A filter reads only what its expression
 * names, so an implementation may compute what is costly on demand.
 */
public interface FilterSubject {

    /**
     * The message type of the connection, for example {@code json}; decides how the body is read.
     */
    String messageType();

    /** The body. The filter neither changes nor keeps it. */
    byte[] body();

    /** The topic the message was published to. */
    String topic();

    /** The bookmark, or null where there is none, as in an answer from the state of the world. */
    String bookmark();

    /** What the publisher set as the correlation id, or null. */
    String correlationId();

    /** The key of the record in the state of the world, or null for any other topic. */
    String sowKey();

    /** How often the message of a queue was leased before, or null for a message of no queue. */
    default Long leaseCount() {
        return null;
    }

    /**
     * When the message of a queue was last leased, seconds since 1970 UTC, or null if it never was.
     */
    default Long lastLeased() {
        return null;
    }
}
