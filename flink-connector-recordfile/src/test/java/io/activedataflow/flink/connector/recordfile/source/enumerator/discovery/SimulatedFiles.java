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

import org.apache.flink.core.fs.Path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Files that exist in the test's head only. No two contents have the same size. */
final class SimulatedFiles {

    static final String ROOT = "test:/in";

    /**
     * A content of a path.
     *
     * @param number no two writings of any path have the same; a rename keeps it
     */
    record Version(String name, long number, long modificationTime) {

        ListedFile listed(boolean withContent) {
            ListedFile file = ListedFile.of(new Path(ROOT + '/' + name), number, modificationTime);
            return withContent ? file.withContent(file.identity(), number) : file;
        }
    }

    private final TreeMap<String, Version> files = new TreeMap<>();
    private final Set<Version> ever = new HashSet<>();
    private long lastNumber;

    /** Creates a file, or gives it another content. */
    void write(String name, long modificationTime) {
        put(new Version(name, ++lastNumber, modificationTime));
    }

    /** Sets the time. */
    void touch(String name, long modificationTime) {
        Version old = files.get(name);
        if (old != null) {
            put(new Version(name, old.number(), modificationTime));
        }
    }

    void delete(String name) {
        files.remove(name);
    }

    void rename(String from, String to) {
        Version old = files.get(from);
        if (old != null && put(new Version(to, old.number(), old.modificationTime()))) {
            files.remove(from);
        }
    }

    /** What was there before and comes back the same cannot be told, so it does not come back. */
    private boolean put(Version version) {
        boolean isNew = ever.add(version);
        if (isNew) {
            files.put(version.name(), version);
        }
        return isNew;
    }

    List<Version> all() {
        return new ArrayList<>(files.values());
    }

    FileListing listing(boolean withContent) {
        return new FileListing(
                all().stream().map(file -> file.listed(withContent)).toList(),
                Set.of(ROOT),
                Set.of());
    }
}
