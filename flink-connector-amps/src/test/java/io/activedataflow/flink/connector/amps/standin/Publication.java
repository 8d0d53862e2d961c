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
 * A message on its way from a publisher to the log and to the subscribers.
 *
 * @param correlationId may be null
 * @param user may be null
 * @param sowKey the key the publisher gives the record in the state of the world; may be null
 * @param delta whether the body only has what changes of a record in the state of the world
 * @param lifetimeSeconds after which the message expires; negative if the publisher does not say
 */
record Publication(
        long publisherId,
        long sequence,
        String topic,
        Body body,
        String correlationId,
        String user,
        String sowKey,
        boolean delta,
        long lifetimeSeconds) {

    static final long NO_LIFETIME = -1;

    /** A whole message without a key or a lifetime of its own. */
    Publication(
            long publisherId,
            long sequence,
            String topic,
            Body body,
            String correlationId,
            String user) {
        this(publisherId, sequence, topic, body, correlationId, user, null, false, NO_LIFETIME);
    }

    /** The same to another topic. */
    Publication to(String other) {
        return new Publication(
                publisherId,
                sequence,
                other,
                body,
                correlationId,
                user,
                sowKey,
                delta,
                lifetimeSeconds);
    }

    /** What another instance has logged. */
    static Publication of(LogEntry entry) {
        return new Publication(
                entry.publisherId(),
                entry.sequence(),
                entry.topic(),
                Body.of(entry.body()),
                entry.correlationId(),
                entry.user(),
                entry.sowKey(),
                false,
                NO_LIFETIME);
    }

    /** The same message with another identity. */
    Publication numbered(long newPublisherId, long newSequence) {
        return new Publication(
                newPublisherId,
                newSequence,
                topic,
                body,
                correlationId,
                user,
                sowKey,
                delta,
                lifetimeSeconds);
    }

    /** What has become of it in the state of the world. */
    Publication recorded(Body whole, String key) {
        return new Publication(
                publisherId,
                sequence,
                topic,
                whole,
                correlationId,
                user,
                key,
                false,
                lifetimeSeconds);
    }
}
