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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.client.RespReplies.Entry;
import io.activedataflow.flink.connector.redis.client.RespReplies.Section;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RespStreamDecoderTest {

    private final RespStreamDecoder decoder = new RespStreamDecoder("redis:6379");
    private final EntryBuffer buffer = new EntryBuffer();
    private final List<StreamReadPosition> streams = RespReplies.positions("a", "b", "c");

    @Test
    void testRepliesOfAllShapesAtEverySplitPosition() {
        List<Section> sections =
                List.of(
                        new Section(
                                "a",
                                List.of(
                                        Entry.of("0-1", "", "", "f", "1", "f", "2"),
                                        Entry.of("18446744073709551615-18446744073709551615"),
                                        Entry.of("1526919030474-55", "name", "x".repeat(150)))),
                        new Section("c", List.of(Entry.of("7-7", "\r\n", "$1\r\n"))));
        for (boolean resp3 : new boolean[] {false, true}) {
            byte[] bytes =
                    new RespReplies()
                            .raw(">2\r\n+invalidate\r\n*1\r\n$3\r\nkey\r\n")
                            .reply(sections, resp3, "|1\r\n+ttl\r\n:5\r\n")
                            .toBytes();
            for (int split = 0; split <= bytes.length; split++) {
                buffer.clear();
                RespReplies.append(buffer, bytes, 0, split);
                boolean complete = decoder.decode(buffer, streams);
                assertThat(complete).isEqualTo(split == bytes.length);
                if (!complete) {
                    assertThat(decoder.missingBytes()).isBetween(1, bytes.length - split);
                    RespReplies.append(buffer, bytes, split, bytes.length);
                    assertThat(decoder.decode(buffer, streams)).isTrue();
                }
                assertThat(RespReplies.texts(buffer)).isEqualTo(RespReplies.texts(sections));
                assertThat(buffer.decoded()).isEqualTo(bytes.length);
                assertThat(decoder.entries()).isEqualTo(4);
                assertThat(decoder.error()).isNull();
            }
        }
    }

    @Test
    void testByteByByte() {
        List<Section> sections =
                List.of(new Section("b", List.of(Entry.of("5-0", "name", "value"))));
        byte[] bytes = new RespReplies().reply(sections, false, "").toBytes();
        for (int i = 0; i < bytes.length; i++) {
            RespReplies.append(buffer, bytes, i, i + 1);
            assertThat(decoder.decode(buffer, streams)).isEqualTo(i + 1 == bytes.length);
        }
        assertThat(RespReplies.texts(buffer)).containsExactly("b 5-0 name; value;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*-1\r\n", "$-1\r\n", "_\r\n", "*0\r\n", "%0\r\n"})
    void testNothingToRead(String reply) {
        append(reply);
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(decoder.entries()).isZero();
        assertThat(decoder.error()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-MOVED 1 h:6379\r\n",
                "!15\r\nMOVED 1 h:6379\r\n",
                "|0\r\n-MOVED 1 h:6379\r\n"
            })
    void testErrorReplies(String reply) {
        append(reply.replace("!15", "!14"));
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(decoder.error()).isEqualTo("MOVED 1 h:6379");
        assertThat(buffer.entryCount()).isZero();
        append("*-1\r\n");
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(decoder.error()).isNull();
    }

    @Test
    void testStatusReplies() {
        append("+OK\r\n-WRONGPASS no\r\n");
        assertThat(decoder.decodeStatus(buffer)).isTrue();
        assertThat(decoder.error()).isNull();
        assertThat(decoder.decodeStatus(buffer)).isTrue();
        assertThat(decoder.error()).isEqualTo("WRONGPASS no");
        assertThat(decoder.decodeStatus(buffer)).isFalse();
    }

    @Test
    void testFieldsThatAreNilAreNoFields() {
        append("*1\r\n*2\r\n$1\r\na\r\n*2\r\n*2\r\n$3\r\n1-1\r\n*-1\r\n*2\r\n$3\r\n1-2\r\n_\r\n");
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(RespReplies.texts(buffer)).containsExactly("a 1-1", "a 1-2");
    }

    @Test
    void testSeveralRepliesInOneBuffer() {
        append(
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*0\r\n"
                        + "-ERR x\r\n"
                        + "*1\r\n*2\r\n$1\r\nc\r\n*1\r\n*2\r\n$3\r\n2-2\r\n*0\r\n*-");
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(decoder.entries()).isOne();
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(decoder.error()).isEqualTo("ERR x");
        assertThat(decoder.entries()).isZero();
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(decoder.entries()).isOne();
        assertThat(decoder.decode(buffer, streams)).isFalse();
        append("1\r\n");
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(RespReplies.texts(buffer)).containsExactly("a 1-1", "c 2-2");
    }

    @Test
    void testHalfAReplyMayNotMoveToAnotherBuffer() {
        append("*1\r\n*2\r\n");
        assertThat(decoder.decode(buffer, streams)).isFalse();
        assertThatThrownBy(() -> decoder.decode(new EntryBuffer(), streams))
                .isInstanceOf(IllegalStateException.class);
        buffer.clear();
        assertThatThrownBy(() -> decoder.decode(buffer, streams))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void testBetweenRepliesAnyBufferWillDo() {
        append("*-1\r\n");
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(decoder.decode(buffer, streams)).isFalse();
        EntryBuffer other = new EntryBuffer();
        assertThat(decoder.decode(other, streams)).isFalse();
        append(">1\r\n+push\r\n");
        assertThat(decoder.decode(buffer, streams)).isFalse();
        assertThat(buffer.decoded()).isEqualTo(buffer.filled());
        assertThat(decoder.decode(other, streams)).isFalse();
    }

    @Test
    void testDiscardingHalfAReplyKeepsTheCompleteOnes() {
        String complete =
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n";
        append(complete);
        assertThat(decoder.decode(buffer, streams)).isTrue();
        append(
                "*1\r\n*2\r\n$1\r\nb\r\n*2\r\n*2\r\n$3\r\n2-2\r\n*2\r\n$1\r\ng\r\n$1\r\nw\r\n*2\r\n");
        assertThat(decoder.decode(buffer, streams)).isFalse();
        buffer.discardPartialReply();
        assertThat(RespReplies.texts(buffer)).containsExactly("a 1-1 f; v;");
        assertThat(buffer.filled()).isEqualTo(complete.length());
        RespStreamDecoder next = new RespStreamDecoder("other:6379");
        append("*1\r\n*2\r\n$1\r\nb\r\n*1\r\n*2\r\n$3\r\n2-2\r\n*2\r\n$1\r\ng\r\n$1\r\nw\r\n");
        assertThat(next.decode(buffer, streams)).isTrue();
        assertThat(RespReplies.texts(buffer)).containsExactly("a 1-1 f; v;", "b 2-2 g; w;");
    }

    @Test
    void testAValueOf64MiBIsNotLookedAtUntilItIsThere() {
        byte[] value = new byte[64 << 20];
        Arrays.fill(value, (byte) '\n');
        byte[] head =
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$67108864\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1);
        RespReplies.append(buffer, head, 0, head.length);
        assertThat(decoder.decode(buffer, streams)).isFalse();
        assertThat(decoder.missingBytes()).isEqualTo(value.length + 2);
        int step = 64 << 10;
        for (int from = 0; from < value.length; from += step) {
            RespReplies.append(buffer, value, from, from + step);
            assertThat(decoder.decode(buffer, streams)).isFalse();
        }
        assertThat(decoder.missingBytes()).isEqualTo(2);
        append("\r\n");
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(buffer.valueLength(0, 0)).isEqualTo(value.length);
    }

    @Test
    void testAnEntryOf300Fields() {
        String[] slices = new String[600];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = (i % 2 == 0 ? "f" : "v") + i;
        }
        List<Section> sections =
                List.of(new Section("a", List.of(Entry.of("1-1", slices), Entry.of("1-2"))));
        byte[] bytes = new RespReplies().reply(sections, false, "").toBytes();
        RespReplies.append(buffer, bytes, 0, bytes.length);
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThat(buffer.fieldCount(0)).isEqualTo(300);
        assertThat(RespReplies.texts(buffer)).isEqualTo(RespReplies.texts(sections));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "+OK\r\n",
                ":1\r\n",
                "*-2\r\n",
                "*99999999999\r\n",
                "*00000000000000",
                "*1\n",
                "*1\r\n*3\r\n",
                "*1\r\n$1\r\n",
                "*1\r\n*2\r\n$1\r\nz\r\n",
                "*1\r\n*2\r\n$-1\r\n",
                "*1\r\n*2\r\n$1\r\naXX",
                "*1\r\n*2\r\n$1\r\na\r\n$1\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*-1\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$1\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n1+1\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$4\r\n1-+1\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n--1\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$22\r\n18446744073709551616-0\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*3\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$-1\r\n",
                "*1\r\n*2\r\n$1\r\na\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n:1\r\n",
                "*2\r\n*2\r\n$1\r\nb\r\n*0\r\n*2\r\n$1\r\na\r\n",
                ">1\r\nX",
                "|-1\r\n",
                "-ERR no carriage return\n",
            })
    void testWhatIsNotAReplyIsReported(String garbage) {
        append(garbage);
        assertThatThrownBy(() -> decoder.decode(buffer, streams))
                .isInstanceOf(RedisStreamsException.class)
                .hasMessageContaining("redis:6379")
                .hasMessageContaining("at byte")
                .satisfies(e -> assertThat(((RedisStreamsException) e).isRetriable()).isTrue());
    }

    @Test
    void testMessageShowsPositionAndEscapedBytes() {
        append("*-1\r\n*1\r\n\u0001\u00ffboo");
        assertThat(decoder.decode(buffer, streams)).isTrue();
        assertThatThrownBy(() -> decoder.decode(buffer, streams))
                .hasMessageContaining("at byte 4 of the reply, found '\\x01\\xffboo'");
    }

    @Test
    void testManyEntriesAcrossOneBuffer() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            entries.add(Entry.of(i + "-" + i, "field", "value-" + i));
        }
        List<Section> sections = List.of(new Section("a", entries));
        byte[] bytes = new RespReplies().reply(sections, false, "").toBytes();
        for (int from = 0; from < bytes.length; from += 1000) {
            RespReplies.append(buffer, bytes, from, Math.min(bytes.length, from + 1000));
            decoder.decode(buffer, streams);
        }
        assertThat(RespReplies.texts(buffer)).isEqualTo(RespReplies.texts(sections));
    }

    private void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        RespReplies.append(buffer, bytes, 0, bytes.length);
    }
}
