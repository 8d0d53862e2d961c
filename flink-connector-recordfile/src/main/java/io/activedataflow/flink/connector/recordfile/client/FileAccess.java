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

import java.io.IOException;
import java.io.Serializable;

/** Opens files. */
@Internal
public interface FileAccess extends Serializable {

    /**
     * Opens a file at its beginning, and makes sure that it is the one that was meant.
     *
     * <p>A file that has become longer and begins as before is opened, and only as much of it is
     * read as was expected; {@link FileInput#hasGrown} tells.
     *
     * @param expected what the file looked like before; its head and its modification time are
     *     compared if they are known; a negative size stands for a file of which nothing is known,
     *     of which all is read
     * @throws FileChangedException if the path has another content now, or none
     * @throws IOException if it cannot be read, after retries where these make sense
     */
    FileInput open(Path path, RecordFileIdentity expected) throws IOException;

    /**
     * As {@link #open(Path, RecordFileIdentity)}, for a reader that wants to end the waiting, also
     * that for the file to open, and to hear of retries.
     */
    default FileInput open(Path path, RecordFileIdentity expected, ReadControl control)
            throws IOException {
        return open(path, expected);
    }
}
