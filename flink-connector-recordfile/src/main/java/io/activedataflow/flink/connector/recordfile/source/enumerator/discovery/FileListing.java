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

import java.util.List;
import java.util.Set;

/**
 * What one look at the file system has found.
 *
 * @param files each path once, in no particular order
 * @param roots the full paths that the files were looked for at
 * @param missingRoots those of them that do not exist
 */
@Internal
public record FileListing(List<ListedFile> files, Set<String> roots, Set<String> missingRoots) {

    public FileListing {
        roots = Set.copyOf(roots);
        missingRoots = Set.copyOf(missingRoots);
    }
}
