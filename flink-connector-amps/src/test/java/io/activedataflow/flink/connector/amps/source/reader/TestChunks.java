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

import java.util.List;
import java.util.function.Consumer;

/** Fills chunks as a client's thread does. */
final class TestChunks {

    private TestChunks() {}

    /** A chunk of these messages that nobody waits for. */
    static MessageChunk chunkOf(TestDelivery... messages) {
        return chunkOf(chunk -> {}, List.of(messages));
    }

    static MessageChunk chunkOf(Consumer<MessageChunk> home, List<TestDelivery> messages) {
        int bytes = messages.stream().mapToInt(MessageChunk::bytesOf).sum();
        MessageChunk chunk = new MessageChunk(messages.size(), bytes, home);
        HeaderNumbers numbers = new HeaderNumbers();
        TopicNames topics = new TopicNames();
        for (TestDelivery message : messages) {
            numbers.read(message);
            chunk.append(message, topics.nameOf(message.topic()), numbers);
            message.spoil();
        }
        return chunk;
    }

    /** A cursor on a message from server "a". */
    static AmpsMessageCursor cursorOn(TestDelivery message) {
        AmpsMessageCursor cursor = new AmpsMessageCursor();
        cursor.enter("a", chunkOf(message));
        cursor.moveTo(0);
        return cursor;
    }
}
