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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.BlockSummary;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a file can be cut between records, as its scanned blocks tell: the first record that begins
 * in each block begins a range. Pure.
 *
 * @param ranges one after the other, from the beginning of the file to its end
 * @param whyWhole why there is only one range, as a sentence; empty if the file was cut, or had no
 *     place for a cut
 */
@Internal
record ExactCuts(List<Range> ranges, String whyWhole) {

    /**
     * Records from one place up to another.
     *
     * @param start a place between two records, or the beginning of the file
     * @param end the next range's start, or the end of the file
     */
    record Range(RecordFilePosition start, long end) {}

    ExactCuts {
        ranges = List.copyOf(ranges);
    }

    /**
     * @param size of the file in bytes
     * @param blockStarts where the blocks begin, the first at 0
     * @param summaries of the blocks, in the same order
     */
    static ExactCuts of(long size, List<Long> blockStarts, List<BlockSummary> summaries) {
        List<Range> ranges = new ArrayList<>(summaries.size());
        RecordFilePosition start = RecordFilePosition.START;
        boolean inside = false;
        long records = 0;
        long lines = 0;
        for (int block = 0; block < summaries.size(); block++) {
            BlockSummary summary = summaries.get(block);
            BlockSummary.View view = inside ? summary.inside() : summary.outside();
            if (view.irregular()) {
                return whole(
                        size,
                        "a quote stands inside of an unquoted field, or text after a closing quote,"
                                + " between offsets "
                                + blockStarts.get(block)
                                + " and "
                                + (block + 1 < summaries.size() ? blockStarts.get(block + 1) : size)
                                + '.');
            }
            if (block > 0 && view.firstRecord() >= 0) {
                long cut = blockStarts.get(block) + view.firstRecord();
                if (cut > start.offset() && cut < size) {
                    ranges.add(new Range(start, cut));
                    start =
                            RecordFilePosition.at(
                                    cut,
                                    records + view.recordsBefore(),
                                    lines + view.linesBefore());
                }
            }
            records += view.records();
            lines += view.lines();
            inside ^= summary.togglesQuotes();
        }
        if (inside) {
            return whole(size, "a quote is opened and never closed.");
        }
        ranges.add(new Range(start, size));
        return new ExactCuts(ranges, "");
    }

    private static ExactCuts whole(long size, String why) {
        return new ExactCuts(List.of(new Range(RecordFilePosition.START, size)), why);
    }
}
