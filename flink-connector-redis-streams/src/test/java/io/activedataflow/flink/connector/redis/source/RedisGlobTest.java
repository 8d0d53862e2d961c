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

package io.activedataflow.flink.connector.redis.source;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Redis matches; random patterns beyond the table were compared with a server once. */
@Timeout(60)
class RedisGlobTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    orders,      orders,    true
                    orders,      order,     false
                    order,       orders,    false
                    *,           x,         true
                    **,          x,         true
                    o*s,         orders,    true
                    o*s*,        os,        true
                    *-*-*,       a-b,       false
                    *-*-*,       a-b-c-d,   true
                    *ab,         aab,       true
                    a*b*c,       axbxbxc,   true
                    a*b*c,       axbxbx,    false
                    ?,           x,         true
                    ?,           xy,        false
                    ?,           ä,         false
                    ??,          ä,         true
                    a?c,         abc,       true
                    a?c,         ac,        false
                    [abc],       b,         true
                    [abc],       d,         false
                    [^abc],      d,         true
                    [^abc],      b,         false
                    [a-c],       b,         true
                    [c-a],       b,         true
                    [a-c],       -,         false
                    [^a-c]x,     bx,        false
                    [^a-c]x,     dx,        true
                    [a-],        a,         true
                    [a-],        b,         false
                    [a-]],       ^,         true
                    [a-]x],      _,         true
                    [-a],        -,         true
                    [a\\-c],     -,         true
                    [a\\-c],     b,         false
                    [\\]],       ],         true
                    [\\^a],      ^,         true
                    [],          x,         false
                    []a],        a],        false
                    [^],         x,         true
                    [^]x,        yx,        true
                    [,           x,         false
                    [,           [,         false
                    [^,          x,         true
                    [ab,         b,         true
                    [ab,         c,         false
                    [a-c,        b,         true
                    [a\\,        \\,        true
                    x[ab,        xb,        true
                    *[0-9],      orders-7,  true
                    *[0-9],      orders-x,  false
                    \\*,         *,         true
                    \\*,         x,         false
                    \\?x,        ?x,        true
                    \\a,         a,         true
                    a\\,         a\\,       true
                    a\\,         a,         false
                    \\,          \\,        true
                    {a,          {a,        true
                    orders-{*},  orders-{3},true
                    a,           A,         false
                    """)
    void matchesAsRedisDoes(String pattern, String text, boolean matches) {
        // A text block turns a doubled backslash into one: the table reads as Redis sees it.
        assertThat(new RedisGlob(pattern).matches(text)).isEqualTo(matches);
    }

    @Property
    void anEscapedTextMatchesItselfAndNothingElse(
            @ForAll @StringLength(max = 6) @CharRange(from = '*', to = '^') String text,
            @ForAll @StringLength(max = 6) @CharRange(from = '*', to = '^') String other) {
        RedisGlob glob = new RedisGlob(RedisGlob.escape(text));

        assertThat(glob.matches(text)).isTrue();
        assertThat(glob.matches(other)).isEqualTo(other.equals(text));
    }

    @Property
    void aStarInFrontTakesNoMatchAway(
            @ForAll @StringLength(max = 8) @CharRange(from = '*', to = '^') String pattern,
            @ForAll @StringLength(min = 1, max = 3) @CharRange(from = '*', to = '^') String text) {
        boolean matches = new RedisGlob(pattern).matches(text);

        assertThat(new RedisGlob('*' + pattern).matches(text) || !matches).isTrue();
    }
}
