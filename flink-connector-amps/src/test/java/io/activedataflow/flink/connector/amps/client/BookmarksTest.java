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

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BookmarksTest {

    private final Bookmarks bookmarks = new Bookmarks();

    @ParameterizedTest
    @CsvSource({
        "1|2|, 1, 2",
        "1|2, 1, 2",
        "0|1|, 0, 1",
        "007|08|, 7, 8",
        "18446744073709551615|18446744073709551615|, -1, -1",
        "9223372036854775808|9223372036854775807|, -9223372036854775808, 9223372036854775807"
    })
    void readsBookmarks(String text, long publisherId, long sequence) {
        assertThat(parse(text)).isTrue();
        assertThat(bookmarks.publisherId()).isEqualTo(publisherId);
        assertThat(bookmarks.sequence()).isEqualTo(sequence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "|",
                "||",
                "1|",
                "|2|",
                "1||",
                "1|2||",
                "1|2|3",
                "1|2|,3|4|",
                "-1|2|",
                "1|+2|",
                "1 |2|",
                "a|b|",
                "20260102T030405Z",
                "18446744073709551616|1|",
                "1|18446744073709551616|",
                "1|99999999999999999999|",
                "1|184467440737095516150|"
            })
    void doesNotReadAnythingElse(String text) {
        assertThat(parse(text)).isFalse();
    }

    @Test
    void absentIsNone() {
        assertThat(bookmarks.parse(new ByteSlice())).isFalse();
    }

    @Test
    void keepsTheLastOneItCouldRead() {
        parse("5|6|");
        parse("7|x|");

        assertThat(bookmarks.publisherId()).isEqualTo(5);
        assertThat(bookmarks.sequence()).isEqualTo(6);
    }

    @Property
    void readsWhatBookmarksWrite(@ForAll long publisherId, @ForAll long sequence) {
        assertThat(parse(new AmpsBookmark(publisherId, sequence).toString())).isTrue();
        assertThat(bookmarks.publisherId()).isEqualTo(publisherId);
        assertThat(bookmarks.sequence()).isEqualTo(sequence);
    }

    @Property
    void acceptsWhatAmpsBookmarkAccepts(
            @ForAll @CharRange(from = '0', to = '9') @Chars({'|'}) String text) {
        assertThat(parse(text)).isEqualTo(isBookmark(text));
    }

    private static boolean isBookmark(String text) {
        try {
            AmpsBookmark.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean parse(String text) {
        byte[] bytes = ("12" + text + "34").getBytes(StandardCharsets.UTF_8);
        ByteSlice slice = new ByteSlice();
        slice.set(bytes, 2, bytes.length - 4);
        return bookmarks.parse(slice);
    }
}
