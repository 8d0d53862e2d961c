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
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import java.io.IOException;

/**
 * A stream of the file that was meant, behind its head.
 *
 * @param identity what is read, with the checksum of the head
 * @param grown whether the file has more than that
 */
@Internal
record VerifiedStream(
        FSDataInputStream stream, byte[] head, RecordFileIdentity identity, boolean grown) {

    /** Takes over a stream as soon as it is open; whoever it is closes it. */
    interface Owner {
        void own(FSDataInputStream stream) throws IOException;
    }

    /**
     * One attempt to open a file.
     *
     * @param comparesTimes whether a file with another modification time is another
     */
    static VerifiedStream open(
            Path path, RecordFileIdentity expected, boolean comparesTimes, Owner owner)
            throws IOException {
        FileSystem fileSystem = path.getFileSystem();
        RecordFileIdentity now = look(fileSystem, path);
        RecordFileIdentity wanted = expected.size() < 0 ? now : expected;
        if (now.size() < wanted.size()) {
            throw new FileChangedException(path, Change.TRUNCATED, expected, now);
        }
        FSDataInputStream stream = fileSystem.open(path);
        owner.own(stream);
        byte[] head = FileHead.read(stream, wanted.size());
        RecordFileIdentity compared =
                comparesTimes ? now : now.withModificationTime(RecordFileIdentity.UNKNOWN_TIME);
        Change change = FileHead.changeOf(wanted, compared, head);
        if (change != null && change != Change.GROWN) {
            throw new FileChangedException(
                    path,
                    change,
                    expected,
                    now.withHead(head.length, FileHead.checksum(head, head.length)));
        }
        RecordFileIdentity found =
                wanted.withHead(head.length, FileHead.checksum(head, head.length));
        return new VerifiedStream(
                stream,
                head,
                wanted.hasModificationTime()
                        ? found
                        : found.withModificationTime(now.modificationTime()),
                change == Change.GROWN);
    }

    /** The size and modification time of a file. */
    static RecordFileIdentity look(Path path) throws IOException {
        return look(path.getFileSystem(), path);
    }

    private static RecordFileIdentity look(FileSystem fileSystem, Path path) throws IOException {
        FileStatus status = fileSystem.getFileStatus(path);
        if (status.isDir()) {
            throw FileErrors.directory(path);
        }
        return RecordFileIdentity.ofListed(status.getLen(), status.getModificationTime());
    }
}
