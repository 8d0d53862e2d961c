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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.format.DelimiterFraming;
import io.activedataflow.flink.connector.recordfile.format.LengthPrefixFraming;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.WholeFileFraming;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Which records are too large does not depend on how a file is read. */
@Timeout(60)
class FramingLimitsTest {

    private static final int LARGEST = 12;

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(LinesFraming.create(), "abcdefgh\r\n\nabc\nabcdefghi\n"),
                Arguments.of(LinesFraming.create().skipBlankLines(), "\n\n abcdefgh\n\n\nabc"),
                Arguments.of(DelimiterFraming.of("<->"), "abcdef<-><->ab<-abcd<->a"),
                Arguments.of(DelimiterFraming.of("--"), "abcdef---ab-abcd-----a"),
                Arguments.of(
                        LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN),
                        "\0\5abcde\0\0\0\7abcdefg\0\12abcdefghij\0\1a"),
                Arguments.of(
                        LengthPrefixFraming.ofFourBytes(ByteOrder.LITTLE_ENDIAN),
                        "\3\0\0\0abc\0\0\0\0\7\0\0\0abcdefg\1\0\0\0a"),
                Arguments.of(WholeFileFraming.bytes(), "ab\ncdefg"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void tooLargeIsTooLargeHoweverTheFileIsRead(RecordFileFraming framing, String file) {
        for (int max = 4; max <= LARGEST; max++) {
            FramingHarness.of(framing)
                    .withMaxRecordSize(max)
                    .verifyRestores(file.getBytes(StandardCharsets.UTF_8));
        }
    }
}
