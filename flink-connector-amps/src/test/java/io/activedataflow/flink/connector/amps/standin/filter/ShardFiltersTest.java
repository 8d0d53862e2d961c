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

package io.activedataflow.flink.connector.amps.standin.filter;

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilterTest.Message;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Filters that divide a topic into parts: each message is in exactly one of them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShardFiltersTest {

    @Property
    void eachMessageIsInOneShardOfAChecksum(
            @ForAll("bodies") String body, @ForAll @IntRange(min = 1, max = 16) int shards)
            throws FilterSyntaxException {
        assertThat(shardsOf("(ABS(CRC32(/key)) % %d) = %d", shards, Message.json(body))).hasSize(1);
    }

    @Property
    void eachMessageIsInOneShardOfTheBookmark(
            @ForAll long publisher,
            @ForAll long sequence,
            @ForAll @IntRange(min = 1, max = 16) int shards)
            throws FilterSyntaxException {
        String bookmark =
                Long.toUnsignedString(publisher) + "|" + Long.toUnsignedString(sequence) + "|";
        Message message = new Message("json", new byte[0], bookmark);
        assertThat(shardsOf("(ABS(CRC32(BOOKMARK())) % %d) = %d", shards, message)).hasSize(1);
    }

    @Property
    void withoutABookmarkAllIsInOneShard(@ForAll @IntRange(min = 1, max = 16) int shards)
            throws FilterSyntaxException {
        Message message = new Message("json", new byte[0], null);
        assertThat(shardsOf("(ABS(CRC32(BOOKMARK())) % %d) = %d", shards, message))
                .containsExactly(0);
    }

    @Test
    void theSameKeyIsInTheSameShardWhateverTheRestOfTheBody() throws FilterSyntaxException {
        String filter = "(ABS(CRC32(/key)) % %d) = %d";
        assertThat(shardsOf(filter, 8, Message.json("{\"n\":1,\"key\":\"k17\"}")))
                .isEqualTo(shardsOf(filter, 8, Message.json("{\"key\" : \"k17\", \"n\":2}")));
    }

    @Test
    void keysSpreadOverTheShards() throws FilterSyntaxException {
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (int key = 0; key < 4_000; key++) {
            Message message = Message.json("{\"key\":\"key-" + key + "\"}");
            shardsOf("(ABS(CRC32(/key)) % %d) = %d", 8, message)
                    .forEach(shard -> sizes.merge(shard, 1, Integer::sum));
        }
        assertThat(sizes).hasSize(8);
        assertThat(sizes.values()).allMatch(size -> size > 400 && size < 600);
    }

    @Test
    void aPlainRemainderLosesWhatIsNoNaturalNumber() throws FilterSyntaxException {
        String filter = "/key % %d = %d";
        assertThat(shardsOf(filter, 3, Message.json("{\"key\":5}"))).containsExactly(2);
        assertThat(shardsOf(filter, 3, Message.json("{\"key\":-5}"))).isEmpty();
        assertThat(shardsOf(filter, 3, Message.json("{\"key\":5.5}"))).isEmpty();
        assertThat(shardsOf(filter, 3, Message.json("{\"key\":\"x\"}"))).isEmpty();
        assertThat(shardsOf(filter, 3, Message.json("{\"key\":null}"))).isEmpty();
        assertThat(shardsOf(filter, 3, Message.json("{}"))).isEmpty();
    }

    @Test
    void anIntervalAndItsNegationLoseNull() throws FilterSyntaxException {
        for (String body : new String[] {"{}", "{\"key\":null}", "{\"key\":\"\"}", "no JSON"}) {
            Message message = Message.json(body);
            assertThat(ContentFilterTest.matches("/key < 10", message)).isFalse();
            assertThat(ContentFilterTest.matches("NOT (/key < 10)", message)).isFalse();
            assertThat(ContentFilterTest.matches("NOT (/key < 10) OR /key IS NULL", message))
                    .isTrue();
        }
    }

    private static List<Integer> shardsOf(String filter, int shards, FilterSubject message)
            throws FilterSyntaxException {
        List<Integer> found = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            String text = filter.replaceFirst("%d", "" + shards).replaceFirst("%d", "" + shard);
            if (ContentFilterTest.matches(text, message)) {
                found.add(shard);
            }
        }
        return found;
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> texts =
                Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .withChars(' ', '-', '\u00e9', '\u20ac')
                        .map(text -> '"' + text + '"');
        Arbitrary<String> scalars =
                Arbitraries.oneOf(
                        texts,
                        Arbitraries.longs().map(String::valueOf),
                        Arbitraries.doubles().map(String::valueOf),
                        Arbitraries.of("null", "true", "false", "\"\"", "{}", "[]", "[null]"));
        return Arbitraries.oneOf(
                scalars.map(key -> "{\"key\":" + key + "}"),
                scalars.list().ofMinSize(1).map(keys -> "{\"key\":" + keys + "}"),
                Arbitraries.of("{}", "", "no JSON", "{\"key\":"));
    }
}
