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

package io.activedataflow.flink.connector.recordfile;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * What tells one content of a path from another: a file that is replaced or truncated gets another
 * identity.
 *
 * @param size in bytes
 * @param modificationTime in milliseconds since the epoch, as the file system tells it; 0 or less
 *     if it is not known
 * @param headLength how many of the file's first bytes {@code headChecksum} covers, or -1 while the
 *     file has not been opened
 * @param headChecksum CRC-32C of those bytes; 0 while the file has not been opened
 */
@PublicEvolving
public record RecordFileIdentity(long size, long modificationTime, int headLength, int headChecksum)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A modification time that is not known. */
    public static final long UNKNOWN_TIME = -1;

    /** How many bytes of a file's beginning are looked at, at most. */
    public static final int HEAD_BYTES = 1024;

    /** Of a file that has been listed and not opened yet. */
    public static RecordFileIdentity ofListed(long size, long modificationTime) {
        return new RecordFileIdentity(size, modificationTime, -1, 0);
    }

    /** Whether the modification time is known: not all file systems and listings tell it. */
    public boolean hasModificationTime() {
        return modificationTime > 0;
    }

    /** Whether both modification times are known and are not the same. */
    public boolean hasOtherModificationTime(RecordFileIdentity other) {
        return hasModificationTime()
                && other.hasModificationTime()
                && modificationTime != other.modificationTime;
    }

    public RecordFileIdentity withModificationTime(long millis) {
        return new RecordFileIdentity(size, millis, headLength, headChecksum);
    }

    /** Whether the first bytes are known. */
    public boolean hasHead() {
        return headLength >= 0;
    }

    /** The same, of a file that has been opened. */
    public RecordFileIdentity withHead(int length, int checksum) {
        return new RecordFileIdentity(size, modificationTime, length, checksum);
    }
}
