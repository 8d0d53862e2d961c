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

package io.activedataflow.flink.connector.recordfile.format;

import io.activedataflow.flink.connector.recordfile.RecordFileError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class WholeFileFramingTest {

    @Test
    void eachFileIsOneRecord() {
        byte[] file = "a\nb\r\nc".getBytes(StandardCharsets.UTF_8);

        for (int step = 1; step <= 8; step++) {
            assertThat(Framed.of(WholeFileFraming.text(), file, step, 1))
                    .isEqualTo(List.of(new Framed("a\nb\r\nc", 0, 6, 0, 2, false)));
        }
    }

    @Test
    void anEmptyFileHasNoRecord() {
        assertThat(Framed.of(WholeFileFraming.bytes(), new byte[0], 1, 1)).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsOneMalformedRecord() {
        byte[] file = "a\nb\nc".getBytes(StandardCharsets.UTF_8);
        RecordFileErrorInfo tooLarge =
                new RecordFileErrorInfo(RecordFileError.TOO_LARGE, "Too large.");
        RecordFramer framer = WholeFileFraming.bytes().createFramer();
        RecordBlock block = new RecordBlock();
        block.reset(file, 10, null);

        assertThat(framer.recover(block, tooLarge, 0, 0, 3, false)).isEqualTo(-1);
        assertThat(framer.recover(block, tooLarge, 0, 3, 5, true)).isEqualTo(5);

        assertThat(block.error(0)).isEqualTo(tooLarge);
        assertThat(block.lines()).isEqualTo(2);
    }
}
