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

import io.activedataflow.flink.connector.recordfile.MaskedText;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.IOException;

/** Files cannot be looked for where the user has said. Most likely that was a mistake. */
@Internal
public final class UnusableRootException extends IOException {

    private static final long serialVersionUID = 1L;

    private UnusableRootException(String message, Throwable cause) {
        super(message, cause);
    }

    static UnusableRootException missing(Path root) {
        return new UnusableRootException(
                "The file or directory "
                        + MaskedText.of(root.toString())
                        + " does not exist. Create it, correct the path, or set"
                        + " setWaitForMissingRoots(true) on the selection to wait for it.",
                null);
    }

    static UnusableRootException withoutFileSystem(Path root, IOException cause) {
        return new UnusableRootException(
                "There is no file system for "
                        + MaskedText.of(root.toString())
                        + ": "
                        + MaskedText.of(String.valueOf(cause.getMessage())),
                cause);
    }
}
