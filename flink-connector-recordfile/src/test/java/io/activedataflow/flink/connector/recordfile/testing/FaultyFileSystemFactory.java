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

import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

import java.net.URI;

/** Finds the faults of {@code faulty://<id>/...} by the id. */
public final class FaultyFileSystemFactory implements FileSystemFactory {

    @Override
    public String getScheme() {
        return FileFaults.SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return new FaultyFileSystem(uri, FileFaults.of(uri.getAuthority()));
    }
}
