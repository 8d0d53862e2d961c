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
import java.io.InputStream;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Frames as the command line tool writes them: with linked blocks, checksums and sizes. */
@Timeout(60)
class Lz4DecoderTest {

    private static final int LENGTH = 300_000;
    private static final int FLAGS = 4;
    private static final int HEADER_CHECKSUM = 6;

    @Test
    void linkedBlocksAreRead() throws IOException {
        byte[] content = repeated();

        assertThat(Contents.read("a.lz4", linkedBlocks()))
                .isEqualTo(Contents.joined(content, content));
    }

    @Test
    void everyBlockIsChecked() throws IOException {
        byte[] stored = linkedBlocks();
        byte[] content = Contents.joined(repeated(), repeated());
        for (int i = 0; i < stored.length; i += 61) {
            byte[] damaged = stored.clone();
            damaged[i] ^= 0x10;
            try {
                assertThat(Contents.read("a.lz4", damaged))
                        .as("byte %d damaged", i)
                        .isEqualTo(content);
            } catch (DecompressionException | UnsupportedCompressionException e) {
                assertThat(e).hasMessageContaining("memory:/a.lz4");
            }
        }
    }

    @Test
    void dictionaryCannotBeHad() throws IOException {
        byte[] stored = Compressor.LZ4.compress(repeated());
        stored[FLAGS] |= 1;

        assertThatThrownBy(() -> Contents.read("a.lz4", stored))
                .isInstanceOf(DecompressionException.class)
                .hasMessageContaining("a frame needs a dictionary, which cannot be had");
    }

    @Test
    void headerIsChecked() throws IOException {
        byte[] stored = Compressor.LZ4.compress(repeated());
        stored[HEADER_CHECKSUM]++;

        assertThatThrownBy(() -> Contents.read("a.lz4", stored))
                .isInstanceOf(DecompressionException.class)
                .hasMessageContaining("the checksum of a frame's header is wrong");
    }

    @Test
    void blockCannotCopyFromBeforeItsFrame() {
        // One literal, and a match two bytes back.
        byte[] block = {0x14, 'a', 2, 0, 0x50, 'b', 'b', 'b', 'b', 'b'};

        assertThatThrownBy(() -> Lz4Block.decompress(block, block.length, new byte[100], 0, 100))
                .hasMessage("a block refers to bytes outside of it");
    }

    @Test
    void matchMayRepeatWhatItWrites() throws IOException {
        // Two literals, a match of 9 bytes two bytes back, and five literals.
        byte[] block = {0x25, 'a', 'b', 2, 0, 0x50, 'c', 'd', 'e', 'f', 'g'};
        byte[] content = new byte[16];

        assertThat(Lz4Block.decompress(block, block.length, content, 0, 16)).isEqualTo(16);
        assertThat(new String(content)).isEqualTo("abababababacdefg".substring(0, 16));
    }

    private static byte[] linkedBlocks() throws IOException {
        try (InputStream file =
                Lz4DecoderTest.class.getResourceAsStream("/compression/linked-blocks.lz4")) {
            return file.readAllBytes();
        }
    }

    /** What only blocks that are linked can keep so short: a noise that comes again and again. */
    private static byte[] repeated() {
        byte[] noise = Contents.random(3000, 11);
        byte[] content = new byte[LENGTH];
        for (int from = 0; from < LENGTH; from += noise.length) {
            System.arraycopy(noise, 0, content, from, noise.length);
        }
        return Arrays.copyOf(content, LENGTH);
    }
}
