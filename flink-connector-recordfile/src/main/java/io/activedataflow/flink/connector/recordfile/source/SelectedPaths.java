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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.source.selection.DirectoryMatcher;
import io.activedataflow.flink.connector.recordfile.source.selection.SelectedRoot;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

import java.net.URI;

/**
 * Whether a path lies below a root and is selected there by its names. Paths are compared as they
 * are written, so that no file system is asked and any thread may do it. What one side leaves out
 * is taken to be meant: a scheme is the default one, a host any, and a relative root is found
 * anywhere, because the working directory of the machine that has listed it is not known.
 */
@Internal
final class SelectedPaths {

    private final RecordFileSelection selection;

    SelectedPaths(RecordFileSelection selection) {
        this.selection = selection;
    }

    boolean contain(Path path) {
        for (SelectedRoot root : selection.roots()) {
            if (isOnSameFileSystem(root.base().toUri(), path.toUri()) && selects(root, path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOnSameFileSystem(URI root, URI path) {
        URI a = withScheme(root);
        URI b = withScheme(path);
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && (isEmpty(a.getAuthority())
                        || isEmpty(b.getAuthority())
                        || a.getAuthority().equalsIgnoreCase(b.getAuthority()));
    }

    /** The default file system's URI stands for a path that does not name one. */
    private static URI withScheme(URI path) {
        return path.getScheme() == null ? FileSystem.getDefaultFsUri() : path;
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private boolean selects(SelectedRoot root, Path path) {
        URI uri = root.base().toUri();
        String base = withoutSlash(uri.getPath());
        String full = path.toUri().getPath();
        if (root.base().isAbsolute() || uri.getAuthority() != null) {
            return full.startsWith(base) && selectsBelow(root, full.substring(base.length()));
        }
        String relative = base.isEmpty() ? "" : '/' + base;
        for (int at = full.indexOf('/'); at >= 0; at = full.indexOf('/', at + 1)) {
            if (full.startsWith(relative, at)
                    && selectsBelow(root, full.substring(at + relative.length()))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * @param rest of the path behind the base: empty, or it should begin with a slash
     */
    private boolean selectsBelow(SelectedRoot root, String rest) {
        if (rest.isEmpty()) {
            return root.selectsBase();
        }
        if (rest.charAt(0) != '/') {
            return false;
        }
        String[] names = rest.substring(1).split("/");
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
