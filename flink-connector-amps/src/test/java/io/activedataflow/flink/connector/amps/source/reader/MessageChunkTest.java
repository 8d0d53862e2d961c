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
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MessageChunkTest {

    private final List<MessageChunk> home = new ArrayList<>();
    private final HeaderNumbers numbers = new HeaderNumbers();
    private final TopicNames topics = new TopicNames();

    private MessageChunk chunk(int maxMessages, int maxBytes) {
        return new MessageChunk(maxMessages, maxBytes, home::add);
    }

    private void append(MessageChunk chunk, TestDelivery message) {
        numbers.read(message);
        chunk.append(message, topics.nameOf(message.topic()), numbers);
        message.spoil();
    }

    @Test
    void keepsEveryFieldWhateverTheClientDoesWithItsBuffers() {
        MessageChunk chunk = chunk(4, 1000);
        append(
                chunk,
                TestDelivery.of("größer")
                        .command(AmpsCommand.OOF)
                        .topic("bestellungen/€")
                        .bookmark("18446744073709551615|9223372036854775808|")
                        .timestamp("20260102T030405.678901Z")
                        .sowKey("schlüssel")
                        .correlationId("日本")
                        .userId("jörg"));
        append(chunk, TestDelivery.of("").sowKey("").userId("u"));

        assertThat(chunk.published()).isEqualTo(2);
        assertThat(chunk.body(0)).isEqualTo(TestDelivery.utf8("größer"));
        assertThat(chunk.bodyLength(0)).isEqualTo(8);
        assertThat(chunk.command(0)).isEqualTo(AmpsCommand.OOF);
        assertThat(chunk.topic(0)).isEqualTo("bestellungen/€");
        assertThat(chunk.hasBookmark(0)).isTrue();
        assertThat(chunk.publisherId(0)).isEqualTo(-1L);
        assertThat(chunk.sequence(0)).isEqualTo(Long.MIN_VALUE);
        assertThat(chunk.timestampMicros(0)).isEqualTo(1_767_323_045_678_901L);
        assertThat(chunk.sowKey(0)).isEqualTo("schlüssel");
        assertThat(chunk.correlationId(0)).isEqualTo("日本");
        assertThat(chunk.userId(0)).isEqualTo("jörg");

        assertThat(chunk.body(1)).isEmpty();
        assertThat(chunk.bodyLength(1)).isZero();
        assertThat(chunk.topic(1)).isEqualTo("orders");
        assertThat(chunk.sowKey(1)).isEmpty();
        assertThat(chunk.correlationId(1)).isNull();
        assertThat(chunk.userId(1)).isEqualTo("u");
        assertThat(chunk.bytes(0, 1)).isEqualTo(8 + 10 + 6 + 5);
        assertThat(chunk.bytes(1, 2)).isEqualTo(1);
        assertThat(chunk.bytes(0, 2)).isEqualTo(30);
        assertThat(chunk.bytes(1, 1)).isZero();
    }

    @Test
    void knowsWhatIsAbsent() {
        MessageChunk chunk = chunk(4, 1000);
        append(chunk, TestDelivery.of("with").bookmark("1|2|").timestamp("20260102T030405Z"));
        append(chunk, TestDelivery.of("without"));

        assertThat(chunk.hasBookmark(0)).isTrue();
        assertThat(chunk.hasBookmark(1)).isFalse();
        assertThat(chunk.timestampMicros(1)).isEqualTo(ReplayPosition.UNKNOWN_TIME);
        assertThat(chunk.sowKey(1)).isNull();
        assertThat(chunk.correlationId(1)).isNull();
        assertThat(chunk.userId(1)).isNull();
    }

    @Test
    void keepsEveryCommand() {
        AmpsCommand[] commands = AmpsCommand.values();
        MessageChunk chunk = chunk(commands.length, 1000);
        for (AmpsCommand command : commands) {
            append(chunk, TestDelivery.of("x").command(command).bookmark("1|2|"));
        }

        for (int i = 0; i < commands.length; i++) {
            chunk.drop(i);
            assertThat(chunk.command(i)).isEqualTo(commands[i]);
            assertThat(chunk.hasBookmark(i)).isTrue();
        }
    }

    @Test
    void keepsTopicsThatTakeTurns() {
        MessageChunk chunk = chunk(100, 1000);
        for (int i = 0; i < 100; i++) {
            append(chunk, TestDelivery.of("x").topic("t" + i % 3));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(chunk.topic(i)).isEqualTo("t" + i % 3);
        }
    }

    @Test
    void hasRoomForSoManyMessagesAndBytes() {
        MessageChunk chunk = chunk(2, 10);
        assertThat(chunk.hasRoomFor(10)).isTrue();
        assertThat(chunk.hasRoomFor(11)).isFalse();

        append(chunk, TestDelivery.of("1234").sowKey("567"));
        assertThat(chunk.hasRoomFor(3)).isTrue();
        assertThat(chunk.hasRoomFor(4)).isFalse();

        append(chunk, TestDelivery.of(""));
        assertThat(chunk.hasRoomFor(0)).isFalse();
        assertThat(chunk.body(0)).isEqualTo(TestDelivery.utf8("1234"));
    }

    @Test
    void marksMessagesThatAreNotToBeEmitted() {
        MessageChunk chunk = chunk(3, 10);
        append(chunk, TestDelivery.of("a"));
        append(chunk, TestDelivery.of("b"));

        chunk.drop(0);

        assertThat(chunk.isDropped(0)).isTrue();
        assertThat(chunk.isDropped(1)).isFalse();
    }

    @Test
    void goesHomeWhenNobodyHoldsItAnyMore() {
        MessageChunk chunk = chunk(1, 1);
        chunk.retain();
        chunk.retain();
        chunk.release();
        chunk.release();
        assertThat(home).isEmpty();

        chunk.release();

        assertThat(home).containsExactly(chunk);
        assertThatThrownBy(chunk::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(chunk::retain).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isAsNewAfterAReset() {
        MessageChunk chunk = chunk(2, 10);
        append(
                chunk,
                TestDelivery.of("1234567").topic("a").bookmark("1|2|").sowKey("k").userId("u"));
        chunk.drop(0);
        chunk.seal();
        chunk.release();

        chunk.reset();

        assertThat(chunk.published()).isZero();
        assertThat(chunk.isSealed()).isFalse();
        assertThat(chunk.hasRoomFor(10)).isTrue();
        append(chunk, TestDelivery.of("x").topic("b"));
        assertThat(chunk.isDropped(0)).isFalse();
        assertThat(chunk.hasBookmark(0)).isFalse();
        assertThat(chunk.topic(0)).isEqualTo("b");
        assertThat(chunk.body(0)).isEqualTo(TestDelivery.utf8("x"));
        assertThat(chunk.sowKey(0)).isNull();
        chunk.release();
        assertThat(home).containsExactly(chunk, chunk);
    }
}
