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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class RepeatedTextsTest {

    private final RepeatedTexts texts = new RepeatedTexts();
    private String behind = "> and more than a text that is kept has";

    @Test
    void textThatComesAgainIsTheSameObject() throws Exception {
        String first = decode("Zürich");
        assertThat(first).isEqualTo("Zürich");
        assertThat(decode("Bern")).isEqualTo("Bern");
        assertThat(decode("Zürich")).isSameAs(first);
    }

    @Test
    void whatStandsBehindTextIsNoPartOfIt() throws Exception {
        String first = decode("Bern");
        behind = "another field and its neighbours, up to the end";
        assertThat(decode("Bern")).isSameAs(first);
        assertThat(decode("Bern\0")).isEqualTo("Bern\0");
        assertThat(decode("Bern")).isEqualTo("Bern");
    }

    @Test
    void textAtTheEndOfTheBytesIsDecoded() throws Exception {
        behind = "";
        for (int i = 0; i < 2; i++) {
            assertThat(decode("Bern")).isEqualTo("Bern");
            assertThat(decode("")).isEmpty();
        }
    }

    @Test
    void everyTextIsDecodedAsItIs() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 50_000; i++) {
            // At first few values, then many, then few again, some of them long.
            int values = i / 10_000 % 2 == 0 ? 5 : 100_000;
            String text = "v".repeat(random.nextInt(40)) + random.nextInt(values);
            assertThat(decode(text)).isEqualTo(text);
        }
    }

    @Test
    void looksNoFurtherWhereNothingComesAgain() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            decode("id-" + i);
        }
        assertThat(decode("again")).isNotSameAs(decode("again"));
    }

    @Test
    void bytesThatAreNotTextAreRefusedEachTime() {
        byte[] wrong = {'a', (byte) 0xFF};
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> texts.decode(wrong, 0, 2))
                    .isInstanceOf(CharacterCodingException.class);
        }
    }

    private String decode(String text) throws CharacterCodingException {
        byte[] bytes = ('<' + text + behind).getBytes(StandardCharsets.UTF_8);
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return texts.decode(bytes, 1, 1 + length);
    }
}
