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

import io.activedataflow.flink.connector.recordfile.source.selection.MaskedText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.FileNotFoundException;

/** A directory or file to read does not exist. */
@Internal
public final class MissingRootException extends FileNotFoundException {

    private static final long serialVersionUID = 1L;

    MissingRootException(Path root) {
        super(
                "The file or directory "
                        + MaskedText.of(root.toString())
                        + " does not exist. Create it, correct the path, or set"
                        + " setWaitForMissingRoots(true) on the selection to wait for it.");
    }
}
