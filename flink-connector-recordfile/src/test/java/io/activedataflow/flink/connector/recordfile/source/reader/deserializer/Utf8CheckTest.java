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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes are UTF-8 if the strict decoder of Java takes them. */
class Utf8CheckTest {

    @Provide
    Arbitrary<byte[]> edges() {
        Arbitrary<Integer> bytes =
                Arbitraries.of(
                        0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
                        0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF);
        return bytes.list()
                .ofMaxSize(12)
                .map(
                        list -> {
                            byte[] array = new byte[list.size()];
                            for (int i = 0; i < array.length; i++) {
                                array[i] = list.get(i).byteValue();
                            }
                            return array;
                        });
    }

    @Property(tries = 3_000)
    void agreesOnEdges(@ForAll("edges") byte[] bytes) {
        check(bytes);
    }

    @Property(tries = 1_000)
    void agreesOnTextThatIsCut(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        check(bytes);
        if (bytes.length > 0) {
            check(Arrays.copyOf(bytes, bytes.length - 1));
            check(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }

    @Example
    void agreesOnEveryPairAndOnThreeOfTheFirstBytes() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                check(new byte[] {(byte) first, (byte) second});
                check(new byte[] {(byte) first, (byte) second, (byte) 0x80});
                check(new byte[] {(byte) first, (byte) second, (byte) 0x80, (byte) 0xBF});
            }
        }
    }

    @Example
    void findsOneBadByteAtAnyPlace() {
        for (int length = 1; length < 40; length++) {
            for (int bad = 0; bad < length; bad++) {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, (byte) 'a');
                check(bytes);
                bytes[bad] = (byte) 0xFF;
                check(bytes);
            }
        }
    }

    /** Between bytes that would change the answer. */
    private static void check(byte[] bytes) {
        byte[] around = new byte[bytes.length + 2];
        Arrays.fill(around, (byte) 0x80);
        around[0] = (byte) 0xC3;
        System.arraycopy(bytes, 0, around, 1, bytes.length);

        assertThat(Utf8Check.isValid(around, 1, bytes.length + 1))
                .as(Arrays.toString(bytes))
                .isEqualTo(isValid(bytes));
    }

    private static boolean isValid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
