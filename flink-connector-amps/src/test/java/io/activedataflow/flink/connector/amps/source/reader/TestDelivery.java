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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.client.AmpsDelivery;
import io.activedataflow.flink.connector.amps.client.ByteSlice;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message as the client would deliver it. Re-used: every field is the part of one array, which
 * {@link #spoil} overwrites as the client does with its own.
 */
final class TestDelivery implements AmpsDelivery {

    private AmpsCommand command = AmpsCommand.PUBLISH;
    private final ByteSlice body = slice("");
    private final ByteSlice topic = slice("orders");
    private final ByteSlice bookmark = slice(null);
    private final ByteSlice timestamp = slice(null);
    private final ByteSlice sowKey = slice(null);
    private final ByteSlice correlationId = slice(null);
    private final ByteSlice userId = slice(null);
    private final ByteSlice leasePeriod = slice(null);
    private @Nullable AmpsOutOfFocusReason outOfFocusReason;

    static TestDelivery of(String body) {
        return new TestDelivery().body(utf8(body));
    }

    TestDelivery command(AmpsCommand newCommand) {
        command = newCommand;
        return this;
    }

    TestDelivery body(byte[] newBody) {
        set(body, newBody);
        return this;
    }

    TestDelivery topic(@Nullable String newTopic) {
        set(topic, newTopic);
        return this;
    }

    TestDelivery bookmark(@Nullable String newBookmark) {
        set(bookmark, newBookmark);
        return this;
    }

    TestDelivery timestamp(@Nullable String newTimestamp) {
        set(timestamp, newTimestamp);
        return this;
    }

    TestDelivery sowKey(@Nullable String newSowKey) {
        set(sowKey, newSowKey);
        return this;
    }

    TestDelivery correlationId(@Nullable String newCorrelationId) {
        set(correlationId, newCorrelationId);
        return this;
    }

    TestDelivery userId(@Nullable String newUserId) {
        set(userId, newUserId);
        return this;
    }

    TestDelivery leasePeriod(@Nullable String newLeasePeriod) {
        set(leasePeriod, newLeasePeriod);
        return this;
    }

    TestDelivery outOfFocus(AmpsOutOfFocusReason reason) {
        outOfFocusReason = reason;
        return this;
    }

    /** Makes all that was read from this message wrong, unless it was copied. */
    void spoil() {
        for (ByteSlice field :
                new ByteSlice[] {
                    body, topic, bookmark, timestamp, sowKey, correlationId, userId, leasePeriod
                }) {
            Arrays.fill(field.array(), (byte) '?');
        }
    }

    private static ByteSlice slice(@Nullable String text) {
        ByteSlice slice = new ByteSlice();
        set(slice, text);
        return slice;
    }

    private static void set(ByteSlice slice, @Nullable String text) {
        if (text == null) {
            slice.setAbsent();
        } else {
            set(slice, utf8(text));
        }
    }

    /** Puts the bytes in the midst of others. */
    private static void set(ByteSlice slice, byte[] bytes) {
        byte[] array = new byte[bytes.length + 7];
        Arrays.fill(array, (byte) '#');
        System.arraycopy(bytes, 0, array, 3, bytes.length);
        slice.set(array, 3, bytes.length);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
