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

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The files that say that others are complete. */
@Internal
final class DoneMarkers {

    @Nullable private final String suffix;
    @Nullable private final String directoryMarker;

    DoneMarkers(RecordFileCompleteness completeness) {
        this.suffix = completeness.markerSuffix();
        this.directoryMarker = completeness.directoryMarker();
    }

    /** The names of a directory's files, if they are needed to find markers. */
    Set<String> namesIn(FileStatus[] children) {
        if (suffix == null && directoryMarker == null) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (FileStatus child : children) {
            names.add(child.getPath().getName());
        }
        return names;
    }

    /** Whether a file is a marker and nothing to read. */
    boolean isMarker(String name) {
        return suffix != null && name.endsWith(suffix) || name.equals(directoryMarker);
    }

    /**
     * @param names all of the same directory
     */
    boolean isMarked(String name, Set<String> names) {
        return (suffix == null || names.contains(name + suffix))
                && (directoryMarker == null || names.contains(directoryMarker));
    }

    /** Asks the file system for the markers of a file. */
    boolean isMarked(FileSystem fileSystem, Path file) throws IOException {
        return (suffix == null || exists(fileSystem, file.suffix(suffix)))
                && (directoryMarker == null
                        || exists(fileSystem, new Path(file.getParent(), directoryMarker)));
    }

    private static boolean exists(FileSystem fileSystem, Path path) throws IOException {
        return Listings.statusOrNull(fileSystem, path) != null;
    }
}
