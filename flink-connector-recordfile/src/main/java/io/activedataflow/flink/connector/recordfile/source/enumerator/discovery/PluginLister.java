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

import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lists with an enumerator of Flink's. It is given the places to start from, and decides what it
 * finds there and how it cuts files; what the selection does not select is left out of that. Done
 * markers are looked for beside each file.
 */
@Internal
final class PluginLister implements FileLister {

    private final RecordFileSelection selection;
    private final DoneMarkers markers;
    private final FileEnumerator.Provider provider;
    private final int desiredSplits;
    @Nullable private FileEnumerator enumerator;

    PluginLister(
            RecordFileSelection selection,
            RecordFileCompleteness completeness,
            FileEnumerator.Provider provider,
            int desiredSplits) {
        this.selection = selection;
        this.markers = new DoneMarkers(completeness);
        this.provider = provider;
        this.desiredSplits = desiredSplits;
    }

    @Override
    public FileListing list() throws IOException {
        Set<String> roots = new HashSet<>();
        Set<String> missing = new HashSet<>();
        List<Path> present = new ArrayList<>();
        for (Path path : selection.basePaths()) {
            FileSystem fileSystem = Listings.fileSystem(path);
            Path base = path.makeQualified(fileSystem);
            roots.add(base.toString());
            if (Listings.statusOrNull(fileSystem, base) != null) {
                present.add(base);
            } else if (selection.waitsForMissingRoots()) {
                missing.add(base.toString());
            } else {
                throw UnusableRootException.missing(base);
            }
        }
        if (enumerator == null) {
            enumerator = provider.create();
        }
        Map<Path, List<FileSourceSplit>> splits = new LinkedHashMap<>();
        for (FileSourceSplit split :
                enumerator.enumerateSplits(present.toArray(new Path[0]), desiredSplits)) {
            splits.computeIfAbsent(split.path(), unused -> new ArrayList<>()).add(split);
        }
        List<ListedFile> files = new ArrayList<>();
        for (Map.Entry<Path, List<FileSourceSplit>> file : splits.entrySet()) {
            Path path = file.getKey();
            if (selection.selects(path) && !markers.isMarker(path.getName())) {
                add(path, file.getValue(), files);
            }
        }
        return new FileListing(files, roots, missing);
    }

    private void add(Path path, List<FileSourceSplit> splits, List<ListedFile> files)
            throws IOException {
        FileSourceSplit first = splits.get(0);
        long size = first.fileSize();
        long modificationTime = first.fileModificationTime();
        FileSystem fileSystem = path.getFileSystem();
        if (size == 0 && modificationTime == 0) {
            // Enumerators may leave both out.
            FileStatus status = Listings.statusOrNull(fileSystem, path);
            if (status == null) {
                return;
            }
            size = status.getLen();
            modificationTime = status.getModificationTime();
        }
        boolean whole = splits.size() == 1 && first.offset() == 0 && first.length() >= size;
        files.add(
                ListedFile.of(path, size, modificationTime)
                        .with(
                                markers.isMarked(fileSystem, path),
                                List.of(first.hostnames()),
                                whole ? List.of() : ranges(splits)));
    }

    private static List<FileRange> ranges(List<FileSourceSplit> splits) {
        return splits.stream()
                .map(
                        split ->
                                new FileRange(
                                        split.offset(), split.length(), List.of(split.hostnames())))
                .toList();
    }
}
