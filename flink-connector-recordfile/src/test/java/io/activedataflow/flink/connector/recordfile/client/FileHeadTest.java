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

package io.activedataflow.flink.connector.recordfile.client;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException.Change;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FileHeadTest {

    private static final byte[] SMALL = "small".getBytes(US_ASCII);
    private static final byte[] OTHER = "other".getBytes(US_ASCII);
    private static final byte[] LARGE_HEAD = new byte[RecordFileIdentity.HEAD_BYTES];

    @Test
    void sameSizeAndTimeIsTheSameFile() {
        assertThat(change(listed(5, 1), listed(5, 1), SMALL)).isNull();
        assertThat(change(known(5, 1, SMALL), listed(5, 1), SMALL)).isNull();
    }

    @Test
    void shorterIsTruncated() {
        assertThat(change(listed(6, 1), listed(5, 2), SMALL)).isEqualTo(Change.TRUNCATED);
        assertThat(change(known(6, 1, SMALL), listed(5, 1), OTHER)).isEqualTo(Change.TRUNCATED);
    }

    @Test
    void longerIsGrownIfItBeginsAsBefore() {
        assertThat(change(listed(4, 1), listed(5, 2), SMALL)).isEqualTo(Change.GROWN);
        assertThat(change(known(4, 1, "smal".getBytes(US_ASCII)), listed(5, 2), SMALL))
                .isEqualTo(Change.GROWN);
        assertThat(change(known(0, 1, new byte[0]), listed(5, 2), SMALL)).isEqualTo(Change.GROWN);
    }

    @Test
    void longerIsReplacedIfItBeginsOtherwise() {
        assertThat(change(known(4, 1, "smal".getBytes(US_ASCII)), listed(5, 2), OTHER))
                .isEqualTo(Change.REPLACED);
    }

    @Test
    void otherHeadIsReplacedWhateverSizeAndTimeSay() {
        assertThat(change(known(5, 1, SMALL), listed(5, 1), OTHER)).isEqualTo(Change.REPLACED);
    }

    @Test
    void otherTimeIsReplacedWhereSomethingIsNotKnown() {
        assertThat(change(listed(5, 1), listed(5, 2), SMALL)).isEqualTo(Change.REPLACED);
        assertThat(change(known(1025, 1, LARGE_HEAD), listed(1025, 2), LARGE_HEAD))
                .isEqualTo(Change.REPLACED);
    }

    @Test
    void otherTimeIsNothingWhereAllBytesAreKnown() {
        assertThat(change(known(5, 1, SMALL), listed(5, 2), SMALL)).isNull();
        assertThat(change(known(1024, 1, LARGE_HEAD), listed(1024, 2), LARGE_HEAD)).isNull();
    }

    @Test
    void aTimeThatIsNotKnownSaysNothing() {
        for (long unknown : new long[] {0, RecordFileIdentity.UNKNOWN_TIME}) {
            assertThat(change(listed(5, unknown), listed(5, 2), SMALL)).isNull();
            assertThat(change(listed(5, 2), listed(5, unknown), SMALL)).isNull();
            assertThat(change(known(5, unknown, OTHER), listed(5, 2), SMALL))
                    .isEqualTo(Change.REPLACED);
            assertThat(change(listed(6, unknown), listed(5, 2), SMALL)).isEqualTo(Change.TRUNCATED);
            assertThat(change(listed(4, unknown), listed(5, 2), SMALL)).isEqualTo(Change.GROWN);
        }
    }

    @Test
    void headIsReadInAsManyPiecesAsItComes() throws IOException {
        byte[] content = new byte[3000];
        Arrays.fill(content, (byte) 7);

        assertThat(FileHead.read(byteByByte(content), 3000)).hasSize(1024).containsOnly(7);
        assertThat(FileHead.read(byteByByte(content), 10)).hasSize(10);
        assertThat(FileHead.read(byteByByte(content), 0)).isEmpty();
    }

    @Test
    void fileThatEndsInItsHeadIsAnError() {
        assertThatThrownBy(() -> FileHead.read(byteByByte(SMALL), 6))
                .isInstanceOf(EOFException.class)
                .hasMessage("The file ends at byte 5, although it should have 6");
    }

    @Test
    void checksumIsCrc32C() {
        assertThat(FileHead.checksum("123456789".getBytes(US_ASCII), 9)).isEqualTo(0xe3069283);
    }

    private static Change change(RecordFileIdentity expected, RecordFileIdentity now, byte[] head) {
        return FileHead.changeOf(expected, now, head);
    }

    private static RecordFileIdentity listed(long size, long time) {
        return RecordFileIdentity.ofListed(size, time);
    }

    private static RecordFileIdentity known(long size, long time, byte[] head) {
        return listed(size, time).withHead(head.length, FileHead.checksum(head, head.length));
    }

    private static InputStream byteByByte(byte[] content) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };
    }
}
