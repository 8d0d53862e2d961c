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

import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.selection.DirectoryMatcher;
import io.activedataflow.flink.connector.recordfile.source.selection.SelectedRoot;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.IOException;

/** Whether paths that others have listed are selected by their names. Worker thread. */
@Internal
final class NameFilter {

    private final RecordFileSelection selection;

    NameFilter(RecordFileSelection selection) {
        this.selection = selection;
    }

    boolean selects(Path path) throws IOException {
        for (SelectedRoot root : selection.roots()) {
            String base = root.base().makeQualified(root.base().getFileSystem()).toString();
            if (selects(root, base, path.makeQualified(path.getFileSystem()).toString())) {
                return true;
            }
        }
        return false;
    }

    private boolean selects(SelectedRoot root, String base, String path) {
        if (path.equals(base)) {
            return root.selectsBase();
        }
        String above = RootMemories.withoutSlash(base) + '/';
        if (!path.startsWith(above)) {
            return false;
        }
        String[] names = path.substring(above.length()).split("/");
        DirectoryMatcher directory = root.matcher();
        for (int i = 0; i < names.length - 1; i++) {
            directory = selection.seesName(names[i]) ? directory.enter(names[i]) : null;
            if (directory == null) {
                return false;
            }
        }
        String file = names[names.length - 1];
        return selection.seesName(file) && !selection.isTemporary(file) && directory.selects(file);
    }
}
