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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** The first bytes of a file, and what they tell about it. */
@Internal
final class FileHead {

    private FileHead() {}

    /** Reads the head of a file of which {@code size} bytes are read. */
    static byte[] read(InputStream stream, long size) throws IOException {
        byte[] head = new byte[(int) Math.min(RecordFileIdentity.HEAD_BYTES, size)];
        int length = 0;
        while (length < head.length) {
            int count = stream.read(head, length, head.length - length);
            if (count <= 0) {
                throw new EOFException(
                        "The file ends at byte " + length + ", although it should have " + size);
            }
            length += count;
        }
        return head;
    }

    static int checksum(byte[] head, int length) {
        CRC32C crc = new CRC32C();
        crc.update(head, 0, length);
        return (int) crc.getValue();
    }

    /**
     * What has happened to a file.
     *
     * <p>A file that is as long as before, begins as before and has another modification time was
     * written again, and there is no telling what lies behind its head: it counts as replaced. Only
     * where the head is the whole file, nothing has happened to it. A time that is not known,
     * before or now, says nothing.
     *
     * @param now the size and modification time of the file now
     * @param head its first bytes now, at least as many as are known of it
     * @return null if it is as it was
     */
    @Nullable
    static Change changeOf(RecordFileIdentity expected, RecordFileIdentity now, byte[] head) {
        if (now.size() < expected.size()) {
            return Change.TRUNCATED;
        }
        if (expected.hasHead() && !beginsAs(expected, head)) {
            return Change.REPLACED;
        }
        if (now.size() > expected.size()) {
            return Change.GROWN;
        }
        boolean isKnownCompletely = expected.hasHead() && expected.headLength() == expected.size();
        return now.hasOtherModificationTime(expected) && !isKnownCompletely
                ? Change.REPLACED
                : null;
    }

    private static boolean beginsAs(RecordFileIdentity expected, byte[] head) {
        return expected.headLength() <= head.length
                && checksum(head, expected.headLength()) == expected.headChecksum();
    }
}
