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

import io.activedataflow.flink.connector.recordfile.testing.Compressor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class XzDecoderTest {

    private static final byte[] CONTENT = Contents.lines(100, 1);

    @Test
    void zerosMayFollowAnyStream() throws IOException {
        byte[] stream = Compressor.XZ.compress(CONTENT);

        assertThat(
                        Contents.read(
                                "a.xz",
                                Contents.joined(stream, new byte[8], stream, new byte[100_000])))
                .isEqualTo(Contents.joined(CONTENT, CONTENT));
    }

    @Test
    void zerosComeFourAtATime() throws IOException {
        byte[] stream = Compressor.XZ.compress(CONTENT);

        assertThatThrownBy(
                        () -> Contents.read("a.xz", Contents.joined(stream, new byte[3], stream)))
                .isInstanceOf(DecompressionException.class)
                .hasMessageContaining("there are 3 zeros behind a stream");
    }
}
