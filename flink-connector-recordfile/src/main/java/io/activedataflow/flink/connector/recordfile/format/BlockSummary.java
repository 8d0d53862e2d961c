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

import java.io.Serializable;

/**
 * What a block of a file looks like, for each of the two states that it can be entered in: outside
 * of quotes, or inside.
 *
 * <p>Offsets count from the beginning of the block. A record that begins at the block's end, after
 * a line break that ends inside the block, is this block's; one that begins at offset 0 is the
 * previous block's.
 *
 * @param togglesQuotes whether the block is left in the other state than it is entered in
 * @param outside what is found if the block is entered outside of quotes
 * @param inside what is found if the block is entered inside of quotes
 */
@PublicEvolving
public record BlockSummary(boolean togglesQuotes, View outside, View inside)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * @param firstRecord the offset of the first record that begins in the block, or -1 if none
     *     does
     * @param recordsBefore how many records end at or before {@code firstRecord}: 0 or 1
     * @param records how many records end in the block
     * @param linesBefore how many line breaks end at or before {@code firstRecord}
     * @param lines how many line breaks end in the block
     * @param irregular whether quotes stand where they cannot stand in this state, so that the file
     *     must not be cut
     */
    public record View(
            long firstRecord,
            long recordsBefore,
            long records,
            long linesBefore,
            long lines,
            boolean irregular)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        private View shifted(long bytes, long moreLines) {
            return new View(
                    firstRecord < 0 ? firstRecord : firstRecord + bytes,
                    recordsBefore,
                    records,
                    linesBefore + moreLines,
                    lines + moreLines,
                    irregular);
        }
    }

    /**
     * The same block with what stands before the first record of the file, which was not scanned.
     *
     * @param bytes how long that is
     * @param lines how many line breaks it contains
     */
    public BlockSummary afterPrologue(long bytes, long lines) {
        return new BlockSummary(
                togglesQuotes, outside.shifted(bytes, lines), inside.shifted(bytes, lines));
    }
}
