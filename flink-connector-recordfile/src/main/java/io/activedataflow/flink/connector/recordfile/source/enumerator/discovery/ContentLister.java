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

import org.apache.flink.annotation.Internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds to each listed file what it begins and ends with. A file is opened once, and again when its
 * size or modification time has changed.
 */
@Internal
final class ContentLister implements FileLister {

    private final FileLister files;
    private Map<PathHash, ListedFile> before = new HashMap<>();

    ContentLister(FileLister files) {
        this.files = files;
    }

    @Override
    public FileListing list() throws IOException {
        FileListing listing = files.list();
        List<ListedFile> withContent = new ArrayList<>(listing.files().size());
        Map<PathHash, ListedFile> now = new HashMap<>();
        for (ListedFile file : listing.files()) {
            ListedFile known = before.get(file.hash());
            try {
                ListedFile found =
                        known != null
                                        && known.size() == file.size()
                                        && known.modificationTime() == file.modificationTime()
                                ? file.withContent(known.identity(), known.content())
                                : FileContent.addTo(file);
                now.put(file.hash(), found);
                withContent.add(found);
            } catch (FileNotFoundException e) {
                // It has vanished since the listing, and the next one will not have it.
                continue;
            }
        }
        before = now;
        return new FileListing(withContent, listing.roots(), listing.missingRoots());
    }
}
