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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSplitSettings;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whether, and into how large parts, files may be cut.
 *
 * @param splitting what the format allows
 * @param looked whether a reader looks at the beginning of a file before it is cut; not where a
 *     format of others decides by itself what it makes of a part
 * @param whyNot why the format cannot be split, if so, for the log
 * @param sizes of the parts
 */
@Internal
public record FileCutting(
        RecordFileSplitting splitting, boolean looked, String whyNot, RecordFileSplitSettings sizes)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Names of files that are compressed for certain, so that nobody has to look. */
    private static final Pattern COMPRESSED =
            Pattern.compile(
                    ".*\\.(gz|gzip|bz2|xz|zst|zstd|snappy|sz|lz4|deflate|z|zip|lzo|br)",
                    Pattern.CASE_INSENSITIVE);

    public FileCutting {
        Objects.requireNonNull(splitting, "splitting");
        Objects.requireNonNull(whyNot, "whyNot");
        Objects.requireNonNull(sizes, "sizes");
    }

    /** As the framing allows. */
    public static FileCutting of(RecordFileFraming framing, RecordFileSplitSettings sizes) {
        return new FileCutting(framing.splitting(), true, framing.whyNotSplittable(), sizes);
    }

    /** As a format of Flink allows. */
    public static FileCutting ofFlinkFormat(boolean splittable, RecordFileSplitSettings sizes) {
        return new FileCutting(
                splittable ? RecordFileSplitting.LINE : RecordFileSplitting.NEVER,
                false,
                "the format is not splittable",
                sizes);
    }

    /** Whether files are cut at all. */
    public boolean isPossible() {
        return splitting != RecordFileSplitting.NEVER;
    }

    /** Whether a file is cut, if it turns out not to be compressed. */
    boolean cuts(String name, long size) {
        return isPossible() && isLarge(size) && !COMPRESSED.matcher(name).matches();
    }

    /** Whether a file is so large that it is cut where that is possible. */
    boolean isLarge(long size) {
        return size > sizes.targetSize().getBytes() && size / 2 >= sizes.minimumSize().getBytes();
    }

    /**
     * The size of the equal parts that a file is cut into.
     *
     * @param size of the file, which is large
     * @param most what a part should have at most; it is still not smaller than configured
     */
    long partSize(long size, long most) {
        long wanted = Math.max(1, Math.min(sizes.targetSize().getBytes(), most));
        long parts = Math.min((size - 1) / wanted + 1, size / sizes.minimumSize().getBytes());
        return (size - 1) / parts + 1;
    }
}
