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

import org.apache.flink.core.fs.FSDataInputStream;

import java.io.IOException;

/** Reads a local file, and fails as it is told to. One thread reads; any may close. */
final class FaultyInputStream extends FSDataInputStream {

    private final FSDataInputStream local;
    private final FileFaults faults;
    private volatile boolean closed;
    private long bytesRead;
    private int reads;

    FaultyInputStream(FSDataInputStream local, FileFaults faults) {
        this.local = local;
        this.faults = faults;
        faults.opened(this);
    }

    @Override
    public void seek(long offset) throws IOException {
        checkOpen();
        faults.onSeek();
        local.seek(offset);
    }

    @Override
    public long getPos() throws IOException {
        checkOpen();
        return local.getPos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int length = read(one, 0, 1);
        return length < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        checkOpen();
        if (length == 0) {
            return 0;
        }
        faults.barrier().pass(local.getPos(), () -> closed);
        checkOpen();
        faults.failReadIfWanted(bytesRead);
        long allowed = Math.min(length, faults.allowedBytes(bytesRead));
        int longest = faults.longestRead();
        if (longest != Integer.MAX_VALUE) {
            allowed = Math.min(allowed, 1 + reads++ % longest);
        }
        int count = local.read(buffer, offset, (int) allowed);
        if (count > 0) {
            bytesRead += count;
            faults.onRead(count);
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        checkOpen();
        return faults.isNothingAvailable() ? 0 : local.available();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        faults.closed(this);
        local.close();
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("The stream is closed");
        }
    }
}
