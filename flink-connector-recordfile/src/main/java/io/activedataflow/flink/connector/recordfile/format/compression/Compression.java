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

import org.apache.flink.annotation.PublicEvolving;

/** How the bytes of a file are compressed. */
@PublicEvolving
public enum Compression {
    /**
     * Found out for each file by its first bytes. Where the name says something else, or names a
     * compression that cannot be read, the file is refused.
     */
    AUTO,
    /** Not compressed, whatever name and bytes look like. */
    NONE,
    /** One or more members. */
    GZIP,
    /** One or more streams; needs {@code commons-compress}, which Flink brings along. */
    BZIP2,
    /** One or more streams; needs the library {@code org.tukaani:xz}. */
    XZ,
    /** One or more frames; needs the library {@code com.github.luben:zstd-jni}. */
    ZSTD,
    /**
     * The framing format, or the format of snappy-java's {@code SnappyOutputStream}; needs the
     * library {@code org.xerial.snappy:snappy-java}.
     */
    SNAPPY,
    /** One or more frames of the frame format. */
    LZ4
}
