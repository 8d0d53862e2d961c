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

import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

import java.io.IOException;
import java.net.URI;

/**
 * Local files with faults; made by {@link FileFaults}. A subclass only because Flink 1.20 has an
 * abstract method that later ones have not.
 */
final class FaultyFileSystem extends LocalFileSystem {

    private final URI uri;
    private final FileFaults faults;
    private final FileSystem local = LocalFileSystem.getSharedInstance();

    FaultyFileSystem(URI uri, FileFaults faults) {
        this.uri = uri;
        this.faults = faults;
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(uri.getScheme(), uri.getAuthority(), "/");
    }

    @Override
    public Path getHomeDirectory() {
        return getWorkingDirectory();
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        faults.onLook(path.getPath());
        return faulty(local.getFileStatus(local(path)));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        faults.onListing();
        FileStatus[] found = local.listStatus(local(path));
        if (found == null) {
            return null;
        }
        for (int i = 0; i < found.length; i++) {
            found[i] = faulty(found[i]);
        }
        return found;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        faults.onOpen(path.getPath());
        return new FaultyInputStream(local.open(local(path)), faults);
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
        return new BlockLocation[0];
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return local.delete(local(path), recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return local.mkdirs(local(path));
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode overwrite) throws IOException {
        return local.create(local(path), overwrite);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return local.rename(local(from), local(to));
    }

    @Override
    public boolean isDistributedFS() {
        return false;
    }

    private FileStatus faulty(FileStatus status) {
        String name = status.getPath().getPath();
        return new FaultyFileStatus(
                status,
                new Path(uri.getScheme(), uri.getAuthority(), name),
                faults.modificationTime(name, status.getModificationTime()));
    }

    private static Path local(Path path) {
        return new Path("file", null, path.getPath());
    }
}
