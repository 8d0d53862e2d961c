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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.fields.Field;

import java.nio.charset.StandardCharsets;

/** Describes messages for people, without their bodies. */
@Internal
final class MessageText {

    private MessageText() {}

    /** For example {@code command 65536, ack type 16, subscription auto3, reason not entitled}. */
    static String of(Message message) {
        StringBuilder text = new StringBuilder("command ").append(message.getCommand());
        if (!message.isAckTypeNull()) {
            text.append(", ack type ").append(message.getAckType());
        }
        append(text, "topic", message.getTopicRaw());
        append(text, "subscription", message.getSubIdRaw());
        append(text, "subscriptions", message.getSubIdsRaw());
        append(text, "bookmark", message.getBookmarkRaw());
        if (!message.isReasonNull()) {
            text.append(", reason ").append(message.getReasonText());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, Field field) {
        if (!field.isNull()) {
            text.append(", ")
                    .append(name)
                    .append(' ')
                    .append(
                            new String(
                                    field.buffer,
                                    field.position,
                                    field.length,
                                    StandardCharsets.UTF_8));
        }
    }
}
