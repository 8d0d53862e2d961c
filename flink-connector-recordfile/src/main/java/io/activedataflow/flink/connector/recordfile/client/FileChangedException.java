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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.IOException;
import java.time.Instant;

/** A path no longer has the content that was found there before. */
@Internal
public final class FileChangedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What has happened to the file. */
    public enum Change {
        /** There is no such file any more. */
        DELETED,
        /** It is shorter than it was. */
        TRUNCATED,
        /** It is longer than it was, and begins as before. */
        GROWN,
        /** It begins with other bytes, or has been written again. */
        REPLACED
    }

    private final Change change;

    /**
     * @param actual what is there now, or null if nothing is
     */
    public FileChangedException(
            Path path,
            Change change,
            RecordFileIdentity expected,
            @Nullable RecordFileIdentity actual) {
        super(
                "The file "
                        + path
                        + " was "
                        + change.name().toLowerCase(java.util.Locale.ROOT)
                        + ": it had "
                        + describe(expected)
                        + (actual == null ? "" : ", and now has " + describe(actual))
                        + '.');
        this.change = change;
    }

    private static String describe(RecordFileIdentity file) {
        return file.size()
                + " bytes"
                + (file.hasModificationTime()
                        ? ", modified at " + Instant.ofEpochMilli(file.modificationTime())
                        : "")
                + (file.hasHead()
                        ? ", the first "
                                + file.headLength()
                                + " of them with the checksum "
                                + Integer.toHexString(file.headChecksum())
                        : "");
    }

    public Change change() {
        return change;
    }
}
