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

/** Looks through one block of a file for what is needed to cut the file between records. */
@PublicEvolving
public interface BlockScanner {

    /** What stands where there is no byte: before the first record, after the last. */
    int NONE = -1;

    /**
     * Begins a block. To be called once, before anything else.
     *
     * @param beforePrevious the byte before {@code previous}, or {@link #NONE}
     * @param previous the byte of the file before the block, or {@link #NONE} if the block begins
     *     with the first record of the file
     */
    void begin(int beforePrevious, int previous);

    /**
     * Looks at the next bytes of the block. The bytes follow each other without gaps.
     *
     * @param bytes as they are in the file
     */
    void scan(byte[] bytes, int from, int limit);

    /**
     * Ends the block.
     *
     * @param nextByte the byte of the file after the block, or {@link #NONE} at the end of the file
     */
    BlockSummary summarize(int nextByte);
}
