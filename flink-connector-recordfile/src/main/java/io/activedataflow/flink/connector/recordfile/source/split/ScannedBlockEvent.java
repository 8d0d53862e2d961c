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

package io.activedataflow.flink.connector.recordfile.source.split;

import io.activedataflow.flink.connector.recordfile.format.BlockSummary;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

import javax.annotation.Nullable;

/**
 * From a reader to the enumerator: what came of a scan split. Handling it twice is harmless, and so
 * is an answer to a split that nobody waits for any more.
 *
 * <p>A scan split of length 0 asks only whether the file can be cut at all; {@link #splittable}
 * answers it. One that is longer is answered with {@link #scanned}. Both may be answered with
 * {@link #notSplittable}: if the file is compressed, or text that has to be turned into UTF-8, or
 * is not what was found there before. It is then read as one split.
 *
 * @param summary of the block; null if there was none to look at, or it was not looked at
 * @param whyNot why the file cannot be cut, for the log; null if it can
 */
@Internal
public record ScannedBlockEvent(
        String splitId, @Nullable BlockSummary summary, @Nullable String whyNot)
        implements SourceEvent {

    private static final long serialVersionUID = 1L;

    /** The block has been looked through. */
    public static ScannedBlockEvent scanned(String splitId, BlockSummary summary) {
        return new ScannedBlockEvent(splitId, summary, null);
    }

    /** The file can be cut; answers a scan split of length 0. */
    public static ScannedBlockEvent splittable(String splitId) {
        return new ScannedBlockEvent(splitId, null, null);
    }

    /** The file has to be read as a whole. */
    public static ScannedBlockEvent notSplittable(String splitId, String whyNot) {
        return new ScannedBlockEvent(splitId, null, whyNot);
    }
}
