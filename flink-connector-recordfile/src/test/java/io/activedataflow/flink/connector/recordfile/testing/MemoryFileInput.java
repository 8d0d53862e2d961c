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

package io.activedataflow.flink.connector.recordfile.testing;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.FileInput;

import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.util.Arrays;

/** A file in memory, for tests of what comes after the file system. */
public final class MemoryFileInput implements FileInput {

    private final Path path;
    private final byte[] content;
    private final int longestRead;
    private volatile boolean aborted;
    private int position;
    private boolean closed;

    /**
     * @param longestRead how many bytes one read returns at most
     */
    public MemoryFileInput(String name, byte[] content, int longestRead) {
        this.path = new Path("memory:///" + name);
        this.content = content;
        this.longestRead = longestRead;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public RecordFileIdentity identity() {
        return RecordFileIdentity.ofListed(content.length, 0);
    }

    @Override
    public boolean hasGrown() {
        return false;
    }

    @Override
    public byte[] head() {
        return Arrays.copyOf(content, Math.min(RecordFileIdentity.HEAD_BYTES, content.length));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (aborted || closed) {
            throw new IOException("The file in memory is " + (closed ? "closed" : "aborted"));
        }
        int count = Math.min(Math.min(length, longestRead), content.length - position);
        if (count == 0 && length > 0) {
            return -1;
        }
        System.arraycopy(content, position, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public void seek(long offset) {
        position = Math.toIntExact(offset);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public void verifyUnchanged() {}

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
