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

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.RespReplies.Entry;
import io.activedataflow.flink.connector.redis.client.RespReplies.Section;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Every loop here consumes bytes, and jqwik has no time-outs. */
class RespStreamDecoderPropertyTest {

    private static final String[] KEYS = {"a", "orders-1", "\u00e9\u4e16", "", "k k"};

    private static final String[] PUSHES = {
        "",
        ">2\r\n$10\r\ninvalidate\r\n*2\r\n$1\r\na\r\n_\r\n",
        ">0\r\n",
        ">3\r\n+x\r\n%1\r\n:1\r\n#t\r\n=7\r\ntxt:a\r\n\r\n",
    };

    private static final String[] ATTRIBUTES = {"", "", "|1\r\n+ttl\r\n:3600\r\n", "|0\r\n"};

    /** One reply, or an error if it has no sections. */
    record Reply(List<Section> sections, boolean resp3, String push, String attribute) {

        void writeTo(RespReplies out) {
            out.raw(push);
            if (sections == null) {
                out.raw(resp3 ? "!8\r\nERR oops\r\n" : "-ERR oops\r\n");
            } else {
                out.reply(sections, resp3, attribute);
            }
        }
    }

    @Property(tries = 1500)
    void testAnyRepliesSplitAnywhere(
            @ForAll("replies") List<Reply> replies,
            @ForAll long seed,
            @ForAll boolean newBufferEachTime) {
        RespReplies out = new RespReplies();
        replies.forEach(reply -> reply.writeTo(out));
        byte[] bytes = out.toBytes();
        Random random = new Random(seed);
        int longest = 1 + random.nextInt(random.nextBoolean() ? 8 : 2000);
        RespStreamDecoder decoder = new RespStreamDecoder("redis:6379");
        EntryBuffer buffer = new EntryBuffer();
        int sent = 0;
        for (Reply reply : replies) {
            int entriesBefore = buffer.entryCount();
            while (!decoder.decode(buffer, RespReplies.positions(KEYS))) {
                int step = Math.min(bytes.length - sent, random.nextInt(longest + 1));
                RespReplies.append(buffer, bytes, sent, sent + step);
                sent += step;
            }
            if (reply.sections() == null) {
                assertThat(decoder.error()).isEqualTo("ERR oops");
                assertThat(buffer.entryCount()).isEqualTo(entriesBefore);
                continue;
            }
            assertThat(decoder.error()).isNull();
            List<String> expected = RespReplies.texts(reply.sections());
            assertThat(decoder.entries()).isEqualTo(expected.size());
            List<String> texts = RespReplies.texts(buffer);
            assertThat(texts.subList(texts.size() - expected.size(), texts.size()))
                    .isEqualTo(expected);
            if (newBufferEachTime) {
                EntryBuffer next = new EntryBuffer();
                RespReplies.append(next, buffer.data(), buffer.decoded(), buffer.filled());
                buffer = next;
            }
        }
        assertThat(sent).isEqualTo(bytes.length);
        assertThat(buffer.decoded()).isEqualTo(buffer.filled());
    }

    @Property(tries = 4000)
    void testGarbageNeitherHangsNorThrowsAnythingElse(
            @ForAll("replies") List<Reply> replies, @ForAll long seed) {
        RespReplies out = new RespReplies();
        replies.forEach(reply -> reply.writeTo(out));
        byte[] bytes = out.toBytes();
        Random random = new Random(seed);
        mutate(bytes, random);
        feed(bytes, random);
    }

    @Property(tries = 4000)
    void testNoiseOfProtocolBytesNeitherHangsNorThrowsAnythingElse(@ForAll long seed) {
        Random random = new Random(seed);
        String alphabet = "*$%|>!_+-:0123456789\r\n\r\n\r\n a";
        byte[] bytes = new byte[random.nextInt(400)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        feed(bytes, random);
    }

    private static void mutate(byte[] bytes, Random random) {
        for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) ('0' + random.nextInt(10));
                default -> bytes[at] = bytes[random.nextInt(bytes.length)];
            }
        }
    }

    /** Feeds until all is consumed or refused; each call consumes, so this ends. */
    private static void feed(byte[] bytes, Random random) {
        RespStreamDecoder decoder = new RespStreamDecoder("redis:6379");
        EntryBuffer buffer = new EntryBuffer();
        int sent = 0;
        try {
            while (true) {
                if (!decoder.decode(buffer, RespReplies.positions(KEYS))) {
                    assertThat(decoder.missingBytes()).isPositive();
                    if (sent == bytes.length) {
                        break;
                    }
                    int step = 1 + random.nextInt(bytes.length - sent);
                    RespReplies.append(buffer, bytes, sent, sent + step);
                    sent += step;
                }
                RespReplies.texts(buffer);
            }
        } catch (RedisStreamsException expected) {
            assertThat(expected).hasMessageContaining("redis:6379");
        }
        buffer.discardPartialReply();
        assertThat(buffer.filled()).isEqualTo(buffer.decoded());
        RespReplies.texts(buffer);
    }

    @Provide
    Arbitrary<List<Reply>> replies() {
        return Combinators.combine(
                        sections().injectNull(0.1),
                        Arbitraries.of(true, false),
                        Arbitraries.of(PUSHES),
                        Arbitraries.of(ATTRIBUTES))
                .as(Reply::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Arbitrary<List<Section>> sections() {
        return Arbitraries.integers()
                .between(0, (1 << KEYS.length) - 1)
                .flatMap(RespStreamDecoderPropertyTest::sectionsOf);
    }

    private static Arbitrary<List<Section>> sectionsOf(int keyMask) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS.length; i++) {
            if ((keyMask & 1 << i) != 0) {
                keys.add(KEYS[i]);
            }
        }
        return entries()
                .list()
                .ofSize(keys.size())
                .map(
                        lists -> {
                            List<Section> sections = new ArrayList<>();
                            for (int i = 0; i < keys.size(); i++) {
                                sections.add(new Section(keys.get(i), lists.get(i)));
                            }
                            return sections;
                        });
    }

    private static Arbitrary<List<Entry>> entries() {
        Arbitrary<Long> half =
                Arbitraries.oneOf(
                        Arbitraries.longs(),
                        Arbitraries.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE),
                        Arbitraries.longs().between(1_500_000_000_000L, 1_900_000_000_000L));
        Arbitrary<byte[]> slice =
                Arbitraries.oneOf(
                        Arbitraries.of("", "f", "\r\n", "*1\r\n", "$0\r\n\r\n")
                                .map(text -> text.getBytes()),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
        Arbitrary<List<byte[]>> slices =
                slice.list()
                        .ofMaxSize(6)
                        .map(list -> list.subList(0, list.size() & ~1))
                        .injectNull(0.05);
        return Combinators.combine(half, half, slices)
                .as((ms, seq, fields) -> new Entry(new StreamEntryId(ms, seq), fields))
                .list()
                .ofMaxSize(5);
    }
}
