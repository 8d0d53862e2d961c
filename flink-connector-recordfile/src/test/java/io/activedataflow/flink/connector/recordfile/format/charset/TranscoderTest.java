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

package io.activedataflow.flink.connector.recordfile.format.charset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Text of other encodings as UTF-8, and back. */
@Timeout(60)
class TranscoderTest {

    private static byte[] transcode(Transcoder transcoder, byte[] source, int piece) {
        byte[] target = new byte[source.length * Transcoder.MAX_GROWTH + Transcoder.MAX_KEPT];
        int written = 0;
        for (int from = 0; from < source.length; from += piece) {
            int to = Math.min(source.length, from + piece);
            int room = written + (to - from) * Transcoder.MAX_GROWTH + Transcoder.MAX_KEPT;
            written = transcoder.transcode(source, from, to, target, written);
            assertThat(written).isLessThanOrEqualTo(room);
        }
        return Arrays.copyOf(target, transcoder.finish(target, written));
    }

    private static void verify(Transcoder transcoder, byte[] source, byte[] utf8) {
        assertThat(transcoder.sourceLength(utf8, 0, utf8.length)).isEqualTo(source.length);
        assertThat(transcoder.encode(utf8, 0, utf8.length)).isEqualTo(source);
        long length = 0;
        for (int i = 0; i < utf8.length; i++) {
            length += transcoder.sourceLength(utf8, i, i + 1);
        }
        assertThat(length).isEqualTo(source.length);
    }

    @Property(tries = 300)
    void anyBytesOfUtf16ComeBack(
            @ForAll @Size(max = 40) byte[] source,
            @ForAll boolean bigEndian,
            @ForAll @IntRange(min = 1, max = 5) int piece) {
        byte[] utf8 = transcode(new Utf16Transcoder(bigEndian), source, piece);

        verify(new Utf16Transcoder(bigEndian), source, utf8);
        assertThat(utf8).isEqualTo(transcode(new Utf16Transcoder(bigEndian), source, 1000));
    }

    @Property(tries = 300)
    void textOfUtf16IsUtf8(@ForAll String text, @ForAll boolean bigEndian) {
        String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Charset charset = bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;

        byte[] utf8 = transcode(new Utf16Transcoder(bigEndian), valid.getBytes(charset), 3);

        assertThat(utf8).isEqualTo(valid.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNoTextIsNotUtf8() {
        byte[] lone = transcode(new Utf16Transcoder(true), new byte[] {(byte) 0xD8, 0}, 1);
        byte[] odd = transcode(new Utf16Transcoder(true), new byte[] {0, 'a', 'b'}, 1);
        byte[] unmapped =
                transcode(
                        new SingleByteTranscoder(StandardCharsets.US_ASCII),
                        new byte[] {'a', (byte) 0x80},
                        1);

        for (byte[] bytes : List.of(lone, odd, unmapped)) {
            assertThatThrownBy(
                            () ->
                                    StandardCharsets.UTF_8
                                            .newDecoder()
                                            .decode(java.nio.ByteBuffer.wrap(bytes)))
                    .isInstanceOf(java.nio.charset.CharacterCodingException.class);
        }
    }

    @Test
    void everySingleByteCharsetOfJavaIsRead() {
        byte[] source = new byte[256];
        for (int i = 0; i < source.length; i++) {
            source[i] = (byte) i;
        }
        int exact = 0;
        for (Charset charset : Charset.availableCharsets().values()) {
            if (isSingleByte(charset)) {
                Transcoder transcoder = new SingleByteTranscoder(charset);
                byte[] utf8 = transcode(transcoder, source, 7);
                byte[] encoded = transcoder.encode(utf8, 0, utf8.length);
                assertThat(transcoder.sourceLength(utf8, 0, utf8.length))
                        .as(charset.name())
                        .isEqualTo(source.length);
                assertThat(transcode(transcoder, encoded, 7)).as(charset.name()).isEqualTo(utf8);
                boolean isExact = Arrays.equals(encoded, source);
                assertThat(isExact)
                        .as("%s gives all bytes back", charset)
                        .isEqualTo(hasOneByteForEachCharacter(charset));
                exact += isExact ? 1 : 0;
            }
        }
        assertThat(exact).isGreaterThan(20);
    }

    private static boolean hasOneByteForEachCharacter(Charset charset) {
        Set<String> characters = new HashSet<>();
        for (int value = 0; value < 256; value++) {
            String character = new String(new byte[] {(byte) value}, charset);
            if (!character.equals("\uFFFD") && !characters.add(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSingleByte(Charset charset) {
        try {
            SingleByteTranscoder.check(charset);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void aCharacterThatIsCutOffIsLeftOut() {
        Transcoder transcoder = new Utf16Transcoder(false);
        byte[] utf8 = "a\ud83d\ude00".getBytes(StandardCharsets.UTF_8);

        for (int to = 1; to < 5; to++) {
            assertThat(transcoder.encode(utf8, 0, to)).containsExactly('a', 0);
        }
    }

    @Test
    void aMarkTellsTheEncoding() {
        byte[] utf8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        byte[] big = {(byte) 0xFE, (byte) 0xFF, 0};
        byte[] little = {(byte) 0xFF, (byte) 0xFE, 0};

        assertThat(marked(StandardCharsets.UTF_8, utf8)).isEqualTo("3 UTF-8");
        assertThat(marked(StandardCharsets.UTF_8, big)).isEqualTo("2 big");
        assertThat(marked(StandardCharsets.UTF_8, little)).isEqualTo("2 little");
        assertThat(marked(StandardCharsets.UTF_8, new byte[3])).isEqualTo("0 UTF-8");
        assertThat(marked(StandardCharsets.UTF_16, new byte[3])).isEqualTo("0 big");
        assertThat(marked(StandardCharsets.UTF_16, little)).isEqualTo("2 little");
        assertThat(marked(StandardCharsets.UTF_16LE, little)).isEqualTo("2 little");
        assertThat(marked(StandardCharsets.UTF_16LE, big)).isEqualTo("0 little");
        assertThat(marked(StandardCharsets.UTF_16BE, big)).isEqualTo("2 big");
        assertThat(TextEncoding.detect(StandardCharsets.UTF_8, utf8, 2).markBytes()).isZero();
    }

    private static String marked(Charset charset, byte[] bytes) {
        TextEncoding encoding = TextEncoding.detect(charset, bytes, bytes.length);
        Transcoder transcoder = encoding.createTranscoder();
        String kind =
                transcoder == null
                        ? "UTF-8"
                        : transcoder.encode(new byte[] {'a'}, 0, 1)[0] == 0 ? "big" : "little";
        return encoding.markBytes() + " " + kind;
    }
}
