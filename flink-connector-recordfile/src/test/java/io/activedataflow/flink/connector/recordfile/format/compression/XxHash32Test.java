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

package io.activedataflow.flink.connector.recordfile.format.compression;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class XxHash32Test {

    @ParameterizedTest
    @CsvSource({
        "'', 02cc5d05",
        "a, 550d7456",
        "abc, 32d153ff",
        "Nobody inspects the spammish repetition, e2293b2f"
    })
    void isThatOfThePublishedExamples(String text, String hash) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(XxHash32.of(bytes, 0, bytes.length))
                .isEqualTo(Integer.parseUnsignedInt(hash, 16));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 31, 32, 100})
    void piecesMakeTheSame(int piece) {
        byte[] bytes = Contents.random(1000, 1);
        XxHash32 hash = new XxHash32();
        hash.update(bytes, 0, 10);
        hash.reset();
        for (int from = 0; from < bytes.length; from += piece) {
            hash.update(bytes, from, Math.min(piece, bytes.length - from));
        }

        assertThat(hash.value()).isEqualTo(XxHash32.of(bytes, 0, bytes.length));
    }
}
