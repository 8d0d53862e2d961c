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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message that could not be deserialized: where it stands, what is in it, and why. A copy, which
 * may be kept.
 *
 * @param topic the topic that the message was published to
 * @param bookmark its identity in the transaction log; null if its topic is not logged
 * @param body the bytes as they were published
 * @param timestamp when the server processed the message; null if the source does not ask for it
 * @param correlationId what the publisher has set; null if nothing
 * @param cause what the deserializer threw
 */
@PublicEvolving
public record AmpsMalformedMessage(
        String topic,
        @Nullable AmpsBookmark bookmark,
        byte[] body,
        @Nullable Instant timestamp,
        @Nullable String correlationId,
        Exception cause) {

    /** The body as UTF-8 text; malformed bytes become U+FFFD. */
    public String bodyAsString() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Says how long the body is, not what it is. */
    @Override
    public String toString() {
        return "AmpsMalformedMessage["
                + topic
                + ", "
                + bookmark
                + ", "
                + body.length
                + " bytes, "
                + timestamp
                + ", "
                + correlationId
                + ", "
                + cause.getClass().getName()
                + ']';
    }

    static AmpsMalformedMessage copyOf(AmpsMessage message, Exception cause) {
        return new AmpsMalformedMessage(
                message.topic(),
                message.bookmark(),
                message.body(),
                message.timestamp(),
                message.correlationId(),
                cause);
    }
}
