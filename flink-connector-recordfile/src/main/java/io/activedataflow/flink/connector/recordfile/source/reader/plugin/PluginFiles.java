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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.FileSourceSplit;

import java.io.IOException;

/** Opens files for formats that read them on their own, with retries. */
@Internal
final class PluginFiles {

    private static final RecordFileIdentity ANY = RecordFileIdentity.ofListed(-1, 0);

    private PluginFiles() {}

    static FileInput open(FileSourceSplit split) throws IOException {
        return split instanceof OpenableSplit own
                ? own.open()
                : new FlinkFileAccess(FileRetrySettings.DEFAULT).open(split.path(), ANY);
    }

    /** Closes what is of no use after a failure. */
    static void closeAfter(Throwable failure, AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
