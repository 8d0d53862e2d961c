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

package io.activedataflow.flink.connector.recordfile.client;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.IOException;

/** Reading was broken off on request. Nothing is wrong with the file. */
@Internal
public final class ReadAbortedException extends IOException {

    private static final long serialVersionUID = 1L;

    ReadAbortedException(Path path, long position) {
        super(
                "Reading the file "
                        + path
                        + " was broken off at byte "
                        + position
                        + " because the reader is being closed.");
    }
}
