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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.fields.Field;

import javax.annotation.Nullable;

/**
 * Shows the message that the AMPS client delivers; re-used from one message to the next, as the
 * client re-uses its own. Allocates nothing.
 */
@Internal
final class MessageView implements AmpsDelivery {

    private static final byte[] EMPTY = new byte[0];

    private final ByteSlice body = new ByteSlice();
    private final ByteSlice topic = new ByteSlice();
    private final ByteSlice bookmark = new ByteSlice();
    private final ByteSlice timestamp = new ByteSlice();
    private final ByteSlice sowKey = new ByteSlice();
    private final ByteSlice correlationId = new ByteSlice();
    private final ByteSlice userId = new ByteSlice();
    private final ByteSlice leasePeriod = new ByteSlice();
    private AmpsCommand command;
    private @Nullable AmpsOutOfFocusReason outOfFocusReason;

    void show(AmpsCommand newCommand, Message message) {
        command = newCommand;
        set(body, message.getDataRaw());
        if (!body.isPresent()) {
            body.set(EMPTY, 0, 0);
        }
        set(topic, message.getTopicRaw());
        set(bookmark, message.getBookmarkRaw());
        set(timestamp, message.getTimestampRaw());
        set(sowKey, message.getSowKeyRaw());
        set(correlationId, message.getCorrelationIdRaw());
        set(userId, message.getUserIdRaw());
        set(leasePeriod, message.getLeasePeriodRaw());
        outOfFocusReason = newCommand == AmpsCommand.OOF ? reason(message) : null;
    }

    private static AmpsOutOfFocusReason reason(Message message) {
        String text = message.isReasonNull() ? "" : message.getReasonText();
        return switch (text) {
            case "match" -> AmpsOutOfFocusReason.MATCH;
            case "deleted" -> AmpsOutOfFocusReason.DELETED;
            case "expired" -> AmpsOutOfFocusReason.EXPIRED;
            case "entitlement" -> AmpsOutOfFocusReason.ENTITLEMENT;
            default -> AmpsOutOfFocusReason.OTHER;
        };
    }

    private static void set(ByteSlice slice, Field field) {
        if (field.isNull()) {
            slice.setAbsent();
        } else {
            slice.set(field.buffer, field.position, field.length);
        }
    }

    @Override
    public AmpsCommand command() {
        return command;
    }

    @Override
    public ByteSlice body() {
        return body;
    }

    @Override
    public ByteSlice topic() {
        return topic;
    }

    @Override
    public ByteSlice bookmark() {
        return bookmark;
    }

    @Override
    public ByteSlice timestamp() {
        return timestamp;
    }

    @Override
    public ByteSlice sowKey() {
        return sowKey;
    }

    @Override
    public ByteSlice correlationId() {
        return correlationId;
    }

    @Override
    public ByteSlice userId() {
        return userId;
    }

    @Override
    public ByteSlice leasePeriod() {
        return leasePeriod;
    }

    @Nullable
    @Override
    public AmpsOutOfFocusReason outOfFocusReason() {
        return outOfFocusReason;
    }
}
