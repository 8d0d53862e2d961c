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
import io.activedataflow.flink.connector.recordfile.client.FileAccess;
import io.activedataflow.flink.connector.recordfile.client.FileInput;

import org.apache.flink.core.fs.Path;

/** One file in memory, whatever path is asked for. */
public final class MemoryFileAccess implements FileAccess {

    private static final long serialVersionUID = 1L;

    private final byte[] content;
    private final int longestRead;

    /**
     * @param longestRead how many bytes one read returns at most
     */
    public MemoryFileAccess(byte[] content, int longestRead) {
        this.content = content.clone();
        this.longestRead = longestRead;
    }

    @Override
    public FileInput open(Path path, RecordFileIdentity expected) {
        return new MemoryFileInput(path.getName(), content, longestRead);
    }
}
