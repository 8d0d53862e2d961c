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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Decodes, or refuses, the bytes that the strict decoder of Java does. */
class Utf8Test {

    /** Mostly ASCII, with characters of one, two, three and four bytes in between. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(20)),
                        Tuple.of(4, Arbitraries.of("\u0080", "\u00BF", "\u00C0", "ü", "\u00FF")),
                        Tuple.of(1, Arbitraries.of("\u0100", "\u07FF", "€", "\uFFFD", "😀")))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 2_000)
    void decodesText(@ForAll("texts") String text) throws CharacterCodingException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.decode(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @Property(tries = 2_000)
    void agreesOnTextWithAnotherByteInIt(
            @ForAll("texts") String text,
            @ForAll byte other,
            @ForAll @IntRange(max = 200) int place) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            bytes[place % bytes.length] = other;
        }
        check(bytes);
    }

    @Example
    void agreesOnEveryPair() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                check(new byte[] {(byte) first, (byte) second});
                check(new byte[] {'a', (byte) first, (byte) second, 'b'});
            }
        }
    }

    @Example
    void looksAtNothingAroundTheBytes() throws CharacterCodingException {
        byte[] bytes = "€ä123456789ü€".getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.decode(bytes, 3, bytes.length - 6)).isEqualTo("ä123456789ü");
        assertThatThrownBy(() -> Utf8.decode(bytes, 3, bytes.length - 7))
                .isInstanceOf(CharacterCodingException.class);
    }

    private static void check(byte[] bytes) {
        String expected;
        try {
            expected =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            assertThatThrownBy(() -> Utf8.decode(bytes, 0, bytes.length))
                    .as(Arrays.toString(bytes))
                    .isInstanceOf(CharacterCodingException.class);
            return;
        }
        String actual;
        try {
            actual = Utf8.decode(bytes, 0, bytes.length);
        } catch (CharacterCodingException e) {
            throw new AssertionError(Arrays.toString(bytes) + " are refused.", e);
        }
        assertThat(actual).as(Arrays.toString(bytes)).isEqualTo(expected);
    }
}
