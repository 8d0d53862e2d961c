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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.MaskedText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.FileNotFoundException;
import java.io.IOException;

/** Asks a file system what is there, while others change it. Worker thread. */
@Internal
final class Listings {

    /** How often a directory is listed again whose files vanish while it is being listed. */
    private static final int ATTEMPTS = 5;

    private static final FileStatus[] NONE = {};

    private Listings() {}

    static FileSystem fileSystem(Path root) throws UnusableRootException {
        try {
            return root.getFileSystem();
        } catch (IOException e) {
            throw UnusableRootException.withoutFileSystem(root, e);
        }
    }

    @Nullable
    static FileStatus statusOrNull(FileSystem fileSystem, Path path) throws IOException {
        try {
            return fileSystem.getFileStatus(path);
        } catch (FileNotFoundException e) {
            return null;
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** What is in a directory; nothing if it has vanished. */
    static FileStatus[] children(FileSystem fileSystem, Path directory) throws IOException {
        FileNotFoundException vanished = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                FileStatus[] children = fileSystem.listStatus(directory);
                if (children != null) {
                    return children;
                }
                // The local file system says so where there is no permission, too.
                if (statusOrNull(fileSystem, directory) == null) {
                    return NONE;
                }
                throw new IOException("The file system gives no list. Is there the permission?");
            } catch (FileNotFoundException e) {
                if (statusOrNull(fileSystem, directory) == null) {
                    return NONE;
                }
                vanished = e;
            } catch (IOException e) {
                throw failed(directory, e);
            }
        }
        throw failed(directory, vanished);
    }

    /**
     * A file that was listed; null if it has vanished since.
     *
     * <p>The local file system does not ask for times before they are wanted here, and gives a file
     * that has vanished by then none, and perhaps no size, as if it had changed.
     */
    @Nullable
    static ListedFile fileOrNull(FileSystem fileSystem, Path path, FileStatus status)
            throws IOException {
        ListedFile file = ListedFile.of(path, status.getLen(), status.getModificationTime());
        if (fileSystem.isDistributedFS() || file.size() > 0 && file.modificationTime() > 0) {
            return file;
        }
        FileStatus again = statusOrNull(fileSystem, path);
        return again == null
                ? null
                : ListedFile.of(path, again.getLen(), again.getModificationTime());
    }

    private static IOException failed(Path path, IOException cause) {
        return new IOException(
                "Cannot list "
                        + MaskedText.of(path.toString())
                        + ": "
                        + MaskedText.of(String.valueOf(cause.getMessage())),
                cause);
    }
}
