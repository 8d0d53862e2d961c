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

import java.util.List;

/** Discoveries that list what a test says. */
public final class FileDiscoveries {

    private FileDiscoveries() {}

    /** A discovery with another way to list files. */
    public static FileDiscovery of(
            FileDiscoverySettings settings, FileLister lister, DiscoveryState restored) {
        return new FileDiscovery(settings, lister, restored);
    }

    /** A file that an enumerator of Flink has cut. */
    public static ListedFile inRanges(ListedFile file, FileRange... ranges) {
        return file.with(true, List.of(), List.of(ranges));
    }

    /** A file of which it is known what it begins and ends with. */
    public static ListedFile withContent(ListedFile file, long content) {
        return file.withContent(file.identity(), content);
    }
}
