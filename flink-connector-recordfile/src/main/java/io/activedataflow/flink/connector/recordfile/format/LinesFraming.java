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

/**
 * Lines of text: each line is a record. Lines end with LF or CRLF, in one file also with both; a CR
 * without LF is part of its line. What follows the last line break is a line if it is not empty.
 *
 * <p>A large file can be read by several readers. A line that is longer than the maximum record
 * size costs that line.
 */
@PublicEvolving
public final class LinesFraming implements RecordFileFraming {

    private static final long serialVersionUID = 1L;

    private final boolean skipsBlankLines;

    private LinesFraming(boolean skipsBlankLines) {
        this.skipsBlankLines = skipsBlankLines;
    }

    /** Every line is a record, also an empty one. */
    public static LinesFraming create() {
        return new LinesFraming(false);
    }

    /**
     * The same, without the lines that are empty or have nothing but spaces and tabs. Skipped lines
     * count as lines and not as records.
     */
    public LinesFraming skipBlankLines() {
        return new LinesFraming(true);
    }

    @Override
    public RecordFramer createFramer() {
        return new LineFramer(skipsBlankLines);
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordFileSplitting splitting() {
        return RecordFileSplitting.LINE;
    }

    @Override
    public String toString() {
        return skipsBlankLines ? "text lines without blank ones" : "text lines";
    }
}
