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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.MaskedText;
import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FSDataInputStream;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/** Looks at the beginning and the end of a file. Worker thread. */
@Internal
final class FileContent {

    private FileContent() {}

    /** The same file with its head, and a hash of its size, first and last bytes. */
    static ListedFile addTo(ListedFile file) throws IOException {
        int length = (int) Math.min(file.size(), RecordFileIdentity.HEAD_BYTES);
        byte[] head = new byte[length];
        byte[] tail = new byte[length];
        try (FSDataInputStream in = file.path().getFileSystem().open(file.path())) {
            readFully(in, head);
            in.seek(file.size() - length);
            readFully(in, tail);
        } catch (FileNotFoundException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "Cannot read the content that identifies "
                            + MaskedText.of(file.path().toString())
                            + ": "
                            + e.getMessage(),
                    e);
        }
        MessageDigest digest = PathHash.sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, file.size()));
        digest.update(head);
        digest.update(tail);
        long content = ByteBuffer.wrap(digest.digest()).getLong();
        CRC32C checksum = new CRC32C();
        checksum.update(head);
        return file.withContent(
                file.identity().withHead(length, (int) checksum.getValue()),
                content == 0L ? 1L : content);
    }

    private static void readFully(FSDataInputStream in, byte[] bytes) throws IOException {
        int read = 0;
        while (read < bytes.length) {
            int more = in.read(bytes, read, bytes.length - read);
            if (more < 0) {
                throw new EOFException("it has become shorter");
            }
            read += more;
        }
    }
}
