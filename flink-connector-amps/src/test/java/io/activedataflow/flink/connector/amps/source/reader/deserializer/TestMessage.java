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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;

import javax.annotation.Nullable;

import java.time.Instant;
import java.util.Arrays;

/** A message that does not come from a server; see {@link TestMessages}. Immutable. */
public record TestMessage(
        String topic,
        AmpsCommand command,
        byte[] bodyArray,
        int bodyOffset,
        int bodyLength,
        @Nullable AmpsBookmark bookmark,
        long timestampMicros,
        @Nullable String sowKey,
        @Nullable String correlationId,
        @Nullable String userId)
        implements AmpsMessage {

    @Override
    public byte[] body() {
        return Arrays.copyOfRange(bodyArray, bodyOffset, bodyOffset + bodyLength);
    }

    @Override
    public AmpsOutOfFocusReason outOfFocusReason() {
        return null;
    }

    @Override
    public Instant leaseExpiry() {
        return null;
    }

    public TestMessage withTopic(String newTopic) {
        return new TestMessage(
                newTopic,
                command,
                bodyArray,
                bodyOffset,
                bodyLength,
                bookmark,
                timestampMicros,
                sowKey,
                correlationId,
                userId);
    }

    public TestMessage withBookmark(@Nullable AmpsBookmark newBookmark) {
        return new TestMessage(
                topic,
                command,
                bodyArray,
                bodyOffset,
                bodyLength,
                newBookmark,
                timestampMicros,
                sowKey,
                correlationId,
                userId);
    }

    public TestMessage withTimestampMicros(long newTimestampMicros) {
        return new TestMessage(
                topic,
                command,
                bodyArray,
                bodyOffset,
                bodyLength,
                bookmark,
                newTimestampMicros,
                sowKey,
                correlationId,
                userId);
    }
}
