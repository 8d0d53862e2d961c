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

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.MemorySize;

import java.io.Serializable;
import java.util.Objects;

/**
 * Into how large parts a file is split, where its format can be split, it is not compressed, and it
 * has no key ({@link RecordFileDistribution}). One that has to be scanned first ({@link
 * io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting#EXACT}) is split only
 * where readers would have nothing to read otherwise.
 *
 * <p>Where there is less to read than 16 parts of the target size for each reader, a file that is
 * split is split into smaller parts, so that all readers have something to read to the end.
 *
 * @param targetSize how large a part is to be at most; a file that is not larger is not split
 * @param minimumSize how large a part has to be at least, which goes before everything else: a file
 *     smaller than two of these is not split
 */
@PublicEvolving
public record RecordFileSplitSettings(MemorySize targetSize, MemorySize minimumSize)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Parts of 128 MiB, and none smaller than 16 MiB. */
    public static final RecordFileSplitSettings DEFAULT =
            new RecordFileSplitSettings(MemorySize.ofMebiBytes(128), MemorySize.ofMebiBytes(16));

    public RecordFileSplitSettings {
        Objects.requireNonNull(targetSize, "targetSize");
        Objects.requireNonNull(minimumSize, "minimumSize");
        if (minimumSize.getBytes() < 1 || targetSize.compareTo(minimumSize) < 0) {
            throw new IllegalArgumentException(
                    "Splits of "
                            + targetSize
                            + " and at least "
                            + minimumSize
                            + " are not possible. Give a target size that is not smaller than the"
                            + " minimum size, and a minimum size of at least one byte.");
        }
    }

    /**
     * Parts of this size.
     *
     * @param targetSize at least one byte
     */
    public static RecordFileSplitSettings ofSize(MemorySize targetSize) {
        return new RecordFileSplitSettings(
                targetSize,
                targetSize.compareTo(DEFAULT.minimumSize) < 0 ? targetSize : DEFAULT.minimumSize);
    }
}
