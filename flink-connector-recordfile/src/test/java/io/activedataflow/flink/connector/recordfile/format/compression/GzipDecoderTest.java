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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The parts of a gzip member that not every writer writes. */
@Timeout(60)
class GzipDecoderTest {

    private static final byte[] CONTENT = Contents.lines(100, 1);
    private static final int HEADER = 10;

    @Test
    void allPartsOfAHeaderAreLeftOut() throws IOException {
        byte[] stored = Contents.joined(withFullHeader(0), withFullHeader(0));

        assertThat(Contents.read("a.gz", stored)).isEqualTo(Contents.joined(CONTENT, CONTENT));
    }

    @Test
    void checksumOfAHeaderIsChecked() {
        assertDamaged(withFullHeader(1), "the checksum of the header is wrong");
    }

    @Test
    void checksumAndLengthOfAMemberAreChecked() throws IOException {
        byte[] stored = Compressor.GZIP.compress(CONTENT);
        stored[stored.length - 8]++;
        assertDamaged(stored, "the checksum of the member is wrong");
        stored[stored.length - 8]--;
        stored[stored.length - 1]++;
        assertDamaged(stored, "the length of the member is wrong");
    }

    @Test
    void zerosMayFollowTheLastMember() throws IOException {
        byte[] member = Compressor.GZIP.compress(CONTENT);

        assertThat(Contents.read("a.gz", Contents.joined(member, new byte[1]))).isEqualTo(CONTENT);
        assertThat(Contents.read("a.gz", Contents.joined(member, new byte[200_000])))
                .isEqualTo(CONTENT);
        assertDamaged(
                Contents.joined(member, new byte[200_000], member),
                "there is something else than zeros behind the last member");
    }

    @Test
    void unknownMethodIsAnError() throws IOException {
        byte[] second = Compressor.GZIP.compress(CONTENT);
        second[2] = 7;

        assertDamaged(
                Contents.joined(Compressor.GZIP.compress(CONTENT), second),
                "the header has method 7 and flags 0, not gzip's");
    }

    private static void assertDamaged(byte[] stored, String why) {
        assertThatThrownBy(() -> Contents.read("a.gz", stored))
                .isInstanceOf(DecompressionException.class)
                .hasMessageContaining(why);
    }

    /** A member with extra field, name, comment and checksum of all that. */
    private static byte[] withFullHeader(int wrongBy) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3});
        header.writeBytes(new byte[] {3, 0, 7, 0, 7});
        header.writeBytes("name.csv\0comment\0".getBytes(StandardCharsets.ISO_8859_1));
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        int checksum = (int) crc.getValue() + wrongBy;
        header.write(checksum);
        header.write(checksum >>> 8);
        try {
            byte[] member = Compressor.GZIP.compress(CONTENT);
            header.writeBytes(Arrays.copyOfRange(member, HEADER, member.length));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return header.toByteArray();
    }
}
