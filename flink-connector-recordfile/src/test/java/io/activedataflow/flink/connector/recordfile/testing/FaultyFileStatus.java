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

import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** The status of a local file under another name. */
record FaultyFileStatus(FileStatus local, Path path, long modificationTime) implements FileStatus {

    @Override
    public long getLen() {
        return local.getLen();
    }

    @Override
    public long getBlockSize() {
        return local.getBlockSize();
    }

    @Override
    public short getReplication() {
        return local.getReplication();
    }

    @Override
    public long getModificationTime() {
        return modificationTime;
    }

    @Override
    public long getAccessTime() {
        return local.getAccessTime();
    }

    @Override
    public boolean isDir() {
        return local.isDir();
    }

    @Override
    public Path getPath() {
        return path;
    }
}
