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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import io.activedataflow.flink.connector.recordfile.client.FileAccess;
import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.FileSourceSplit;

import java.io.IOException;

/**
 * A split as formats get it that open files on their own: those of this package open them as the
 * reader does, with its retries, until it is closed. To all others it is a split of Flink's. Lives
 * in a reader only.
 */
@Internal
public final class OpenableSplit extends FileSourceSplit {

    private static final long serialVersionUID = 1L;

    private final transient RecordFileSplit split;
    private final transient FileAccess files;
    private final transient ReadControl control;

    /**
     * @param split with the identity that its file has been found to have
     */
    public OpenableSplit(RecordFileSplit split, FileAccess files, ReadControl control) {
        super(
                split.splitId(),
                split.path(),
                split.offset(),
                split.length(),
                split.fileModificationTime(),
                split.fileSize(),
                split.hostnames(),
                split.getReaderPosition().orElse(null));
        this.split = split;
        this.files = files;
        this.control = control;
    }

    FileInput open() throws IOException {
        return files.open(split.path(), split.identity(), control);
    }
}
