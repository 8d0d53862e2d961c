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

import org.apache.flink.annotation.Internal;

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

    /**
     * Reads at least one byte, if there is one.
     *
     * @return how many bytes were read, or -1 at the end of the file
     * @throws IOException if the file cannot be read; {@link FileChangedException} if it is not the
     *     one that was asked for any more
     */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /** Goes on to read at an offset, which may lie behind. */
    void seek(long offset) throws IOException;

    /** The offset of the next byte. */
    long position();

    /** The length of the file when it was opened, in bytes. */
    long size();

    /**
     * Breaks off whatever this file is waiting for, now and in future. Reading throws an exception
     * afterwards. Any thread.
     */
    void abort();

    @Override
    void close() throws IOException;
}
