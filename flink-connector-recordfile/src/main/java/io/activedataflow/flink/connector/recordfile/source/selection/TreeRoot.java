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

package io.activedataflow.flink.connector.recordfile.source.selection;

import io.activedataflow.flink.connector.recordfile.MaskedText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

/**
 * A file, or all files of a directory.
 *
 * @param recursive whether directories below are looked into
 */
@Internal
public record TreeRoot(Path base, boolean recursive) implements SelectedRoot {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean selectsBase() {
        return true;
    }

    @Override
    public DirectoryMatcher matcher() {
        return new Everything(recursive);
    }

    @Override
    public String toString() {
        return MaskedText.of(base.toString()) + (recursive ? "" : " (not below)");
    }

    private record Everything(boolean recursive) implements DirectoryMatcher {

        @Override
        public DirectoryMatcher enter(String directory) {
            return recursive ? this : null;
        }

        @Override
        public boolean selects(String file) {
            return true;
        }
    }
}
