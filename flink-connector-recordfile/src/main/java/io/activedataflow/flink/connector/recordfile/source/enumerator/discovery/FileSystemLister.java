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

import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.selection.DirectoryMatcher;
import io.activedataflow.flink.connector.recordfile.source.selection.SelectedRoot;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.LocatedFileStatus;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Lists with Flink's file systems. Goes only where something can be selected. */
@Internal
final class FileSystemLister implements FileLister {

    private final RecordFileSelection selection;
    private final DoneMarkers markers;

    /** A directory that is still to be listed. */
    private record Directory(Path path, DirectoryMatcher matcher) {}

    FileSystemLister(RecordFileSelection selection, RecordFileCompleteness completeness) {
        this.selection = selection;
        this.markers = new DoneMarkers(completeness);
    }

    @Override
    public FileListing list() throws IOException {
        List<ListedFile> files = new ArrayList<>();
        // One root alone has no file twice.
        Set<PathHash> known = selection.roots().size() > 1 ? new HashSet<>() : null;
        Set<String> roots = new HashSet<>();
        Set<String> missing = new HashSet<>();
        for (SelectedRoot root : selection.roots()) {
            FileSystem fileSystem = Listings.fileSystem(root.base());
            Path base = root.base().makeQualified(fileSystem);
            roots.add(base.toString());
            FileStatus status = Listings.statusOrNull(fileSystem, base);
            if (status == null) {
                if (!selection.waitsForMissingRoots()) {
                    throw UnusableRootException.missing(base);
                }
                missing.add(base.toString());
            } else if (status.isDir()) {
                walk(fileSystem, new Directory(base, root.matcher()), files, known);
            } else if (root.selectsBase()) {
                add(fileSystem, status, base, markers.isMarked(fileSystem, base), files, known);
            }
        }
        return new FileListing(files, roots, missing);
    }

    private void walk(
            FileSystem fileSystem,
            Directory start,
            List<ListedFile> files,
            @Nullable Set<PathHash> known)
            throws IOException {
        Deque<Directory> toList = new ArrayDeque<>();
        toList.add(start);
        while (!toList.isEmpty()) {
            Directory directory = toList.remove();
            FileStatus[] children = Listings.children(fileSystem, directory.path());
            Set<String> names = markers.namesIn(children);
            for (FileStatus child : children) {
                String name = child.getPath().getName();
                if (!selection.seesName(name)) {
                    continue;
                }
                if (child.isDir()) {
                    DirectoryMatcher below = directory.matcher().enter(name);
                    if (below != null) {
                        toList.add(new Directory(child.getPath(), below));
                    }
                } else if (!selection.isTemporary(name)
                        && !markers.isMarker(name)
                        && directory.matcher().selects(name)) {
                    add(
                            fileSystem,
                            child,
                            child.getPath(),
                            markers.isMarked(name, names),
                            files,
                            known);
                }
            }
        }
    }

    /** Adds a file, unless it has vanished or another root has it already. */
    private static void add(
            FileSystem fileSystem,
            FileStatus status,
            Path path,
            boolean marked,
            List<ListedFile> files,
            @Nullable Set<PathHash> known)
            throws IOException {
        ListedFile file = Listings.fileOrNull(fileSystem, path, status);
        if (file != null && (known == null || known.add(file.hash()))) {
            ListedFile last = files.isEmpty() ? null : files.get(files.size() - 1);
            files.add(file.with(marked, hosts(status), List.of()).after(last));
        }
    }

    private static List<String> hosts(FileStatus status) {
        if (!(status instanceof LocatedFileStatus located)) {
            return List.of();
        }
        return Arrays.stream(located.getBlockLocations())
                .flatMap(FileSystemLister::hostsOf)
                .distinct()
                .toList();
    }

    private static Stream<String> hostsOf(BlockLocation block) {
        try {
            return Arrays.stream(block.getHosts());
        } catch (IOException e) {
            // Where a file lies only makes reading faster.
            return Stream.empty();
        }
    }
}
