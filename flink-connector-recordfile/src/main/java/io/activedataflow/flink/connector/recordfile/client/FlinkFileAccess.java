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
import java.util.Objects;

/** Opens files of any file system that Flink knows. */
@Internal
public final class FlinkFileAccess implements FileAccess {

    private static final long serialVersionUID = 1L;

    private final FileRetrySettings retries;
    private final boolean comparesTimes;

    public FlinkFileAccess(FileRetrySettings retries) {
        this(retries, true);
    }

    /**
     * @param comparesTimes whether a file with another modification time is another
     */
    public FlinkFileAccess(FileRetrySettings retries, boolean comparesTimes) {
        this.retries = Objects.requireNonNull(retries, "retries");
        this.comparesTimes = comparesTimes;
    }

    @Override
    public FileInput open(Path path, RecordFileIdentity expected) throws IOException {
        return open(path, expected, ReadControl.silent());
    }

    @Override
    public FileInput open(Path path, RecordFileIdentity expected, ReadControl control)
            throws IOException {
        ResumingFileInput input =
                new ResumingFileInput(path, expected, retries, comparesTimes, control);
        try {
            input.open();
            return input;
        } catch (Throwable e) {
            input.close();
            throw e;
        }
    }
}
