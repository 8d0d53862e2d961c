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

package io.activedataflow.flink.connector.recordfile.format.compression;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.io.IOException;

/**
 * The compressed bytes of a file are damaged, or end too early. Reading them again does not help.
 */
@Internal
public final class DecompressionException extends IOException {

    private static final long serialVersionUID = 1L;

    DecompressionException(
            Path path, Compression codec, long memberOffset, long storedPosition, Throwable cause) {
        super(
                "The file "
                        + path
                        + " cannot be decompressed as "
                        + codec
                        + " at about byte "
                        + storedPosition
                        + " as stored, in the member that begins at byte "
                        + memberOffset
                        + ": "
                        + cause.getMessage()
                        + ". It is damaged or incomplete; write it again, or skip it.",
                cause);
    }
}
