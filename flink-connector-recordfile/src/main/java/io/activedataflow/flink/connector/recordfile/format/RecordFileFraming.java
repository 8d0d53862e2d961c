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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.List;

/**
 * Where the records of a file begin and end. The first half of a format; the other half, the
 * deserialization schema, makes elements of the records.
 *
 * <p>A framing is a description that is sent to the workers; {@link RecordFramer} does the work.
 */
@PublicEvolving
public interface RecordFileFraming extends Serializable {

    /** Makes a framer for one split of one file. */
    RecordFramer createFramer();

    /**
     * Whether files are text. Of text files a byte order mark is left out, and what is not UTF-8 is
     * turned into UTF-8 before it is framed.
     */
    boolean isText();

    /** Whether, and how, one file can be read by several readers. */
    RecordFileSplitting splitting();

    /** Why {@link #splitting} is {@code NEVER}, to be logged where a large file is not split. */
    default String whyNotSplittable() {
        return toString();
    }

    /**
     * Makes a scanner for a block of a file, which {@link RecordFileSplitting#EXACT} needs.
     *
     * @throws UnsupportedOperationException if the framing is not split in this way
     */
    default BlockScanner createScanner() {
        throw new UnsupportedOperationException(this + " is not split by scanning.");
    }

    /**
     * Makes a reader of named columns.
     *
     * @param columns the columns wanted, in the order in which they are asked for afterwards; null
     *     for all columns of each record
     * @throws UnsupportedOperationException if records of this framing have no columns
     */
    default ColumnReader createColumnReader(@Nullable List<String> columns) {
        throw new UnsupportedOperationException(
                "Records of "
                        + this
                        + " have no columns. Use a framing that has, such as CSV or JSON Lines, or a"
                        + " deserializer that takes the record as a whole.");
    }
}
