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

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file that is open for reading. Transient failures are repaired inside, by opening the file
 * again at the same place; what comes out is final.
 *
 * <p>One thread reads; {@link #abort} may be called by any thread.
 */
@Internal
public interface FileInput extends Closeable {

    Path path();

    /**
     * What is being read, with the checksum of the head: what to expect when this file is opened
     * again.
     */
    RecordFileIdentity identity();

    /**
     * Whether the file was longer than expected when it was opened. What has been added is not
     * read, and a last record without an end may be half a record.
     */
    boolean hasGrown();

    /** The first bytes of what is read, at most {@link RecordFileIdentity#HEAD_BYTES}; a copy. */
    byte[] head();

    /**
     * Reads at least one byte, if there is one.
     *
     * @return how many bytes were read, or -1 at {@link #size}, even if the file is longer now
     * @throws IOException if the file cannot be read; {@link FileChangedException} if it is not the
     *     one that was asked for any more
     */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /** Goes on to read at an offset, which may lie behind. */
    void seek(long offset) throws IOException;

    /** The offset of the next byte. */
    long position();

    /** How many bytes are there to be read: as many as the file was expected to have. */
    long size();

    /**
     * Looks at the file again. To be asked at the end of a file whose last record has no end of its
     * own, and where it took some time to get there.
     *
     * @throws FileChangedException if the path has another content now, or none, or more
     * @throws IOException if it cannot be looked at
     */
    void verifyUnchanged() throws IOException;

    /**
     * Breaks off whatever this file is waiting for, now and in future. Reading throws an exception
     * afterwards. Any thread. Takes as long as the file system takes to close a stream.
     */
    void abort();

    @Override
    void close() throws IOException;
}
