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

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LengthPrefixFramingTest {

    private static final RecordFileErrorInfo TOO_LARGE =
            new RecordFileErrorInfo(RecordFileError.TOO_LARGE, "Too large.");

    @Property
    void findsWhatWasWritten(
            @ForAll @Size(max = 5) List<@StringLength(max = 300) String> records,
            @ForAll boolean fourBytes,
            @ForAll boolean bigEndian,
            @ForAll @IntRange(min = 1, max = 40) int step,
            @ForAll @IntRange(min = 1, max = 3) int blockRecords) {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        LengthPrefixFraming framing =
                fourBytes
                        ? LengthPrefixFraming.ofFourBytes(order)
                        : LengthPrefixFraming.ofTwoBytes(order);

        byte[] file = write(records, fourBytes, order);

        List<Framed> framed = Framed.of(framing, file, step, blockRecords);
        assertThat(framed).noneMatch(Framed::malformed);
        assertThat(framed)
                .extracting(Framed::content)
                .isEqualTo(records.stream().map(LengthPrefixFramingTest::asLatin1).toList());
        if (!framed.isEmpty()) {
            assertThat(framed.get(framed.size() - 1).next()).isEqualTo(file.length);
        }
    }

    @Test
    void lengthsAreUnsigned() {
        byte[] file = new byte[2 + 0xFFFE];
        file[0] = -1;
        file[1] = -2;

        List<Framed> framed =
                Framed.of(LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN), file, 4096, 9);

        assertThat(framed).hasSize(1);
        assertThat(framed.get(0).content()).hasSize(0xFFFE);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void whatLeadsBeyondTheEndMakesTheRestMalformed(int length) {
        byte[] file =
                ByteBuffer.allocate(13)
                        .putInt(1)
                        .put((byte) 'x')
                        .putInt(length)
                        .put("abcd".getBytes(StandardCharsets.UTF_8))
                        .array();

        List<Framed> framed =
                Framed.of(LengthPrefixFraming.ofFourBytes(ByteOrder.BIG_ENDIAN), file, 3, 9);

        assertThat(framed).extracting(Framed::malformed).containsExactly(false, true);
        assertThat(framed.get(1).from()).isEqualTo(5);
        assertThat(framed.get(1).next()).isEqualTo(13);
    }

    @Test
    void halfALengthIsMalformed() {
        List<Framed> framed =
                Framed.of(
                        LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN),
                        new byte[] {0, 0, 0},
                        1,
                        9);

        assertThat(framed).extracting(Framed::malformed).containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 100})
    void tooLargeRecordIsSkippedByItsLength(int step) {
        byte[] file = ByteBuffer.allocate(17).putShort((short) 10).putShort(12, (short) 3).array();
        RecordFramer framer = LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN).createFramer();
        RecordBlock block = new RecordBlock();
        block.reset(file, 10, null);

        // Given up when its length is known; later steps may come without what lies between.
        int next = framer.recover(block, TOO_LARGE, 0, 0, 2, false);
        for (int scanFrom = 2; next < 0; scanFrom += step) {
            int limit = Math.min(file.length, scanFrom + step);
            next = framer.recover(block, TOO_LARGE, 0, scanFrom, limit, limit == file.length);
        }

        assertThat(next).isEqualTo(12);
        assertThat(block.error(0)).isEqualTo(TOO_LARGE);
        assertThat(framer.frame(block, next, file.length, true)).isEqualTo(17);
        assertThat(block.error(1)).isNull();
    }

    @Test
    void tooLargeRecordThatTheFileDoesNotHaveIsAnErrorOfStructure() {
        byte[] file = ByteBuffer.allocate(17).putShort((short) 100).array();
        RecordFramer framer = LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN).createFramer();
        RecordBlock block = new RecordBlock();
        block.reset(file, 10, null);

        assertThat(framer.recover(block, TOO_LARGE, 0, 0, 10, false)).isEqualTo(-1);
        assertThat(framer.recover(block, TOO_LARGE, 0, 10, 17, true)).isEqualTo(17);

        assertThat(block.error(0).error()).isEqualTo(RecordFileError.STRUCTURE);
        assertThat(block.error(0).message()).contains("100 bytes");
    }

    @Test
    void isNeverSplit() {
        assertThat(LengthPrefixFraming.ofTwoBytes(ByteOrder.BIG_ENDIAN).splitting())
                .isEqualTo(RecordFileSplitting.NEVER);
    }

    private static byte[] write(List<String> records, boolean fourBytes, ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(10_000).order(order);
        for (String each : records) {
            byte[] content = each.getBytes(StandardCharsets.UTF_8);
            if (fourBytes) {
                file.putInt(content.length);
            } else {
                file.putShort((short) content.length);
            }
            file.put(content);
        }
        byte[] written = new byte[file.position()];
        file.flip().get(written);
        return written;
    }

    private static String asLatin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
