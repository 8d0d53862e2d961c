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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a framer has found, as readers would see it.
 *
 * @param from where the record begins in the file
 * @param next where reading would go on after it
 * @param line how many line breaks lie before it
 * @param nextLine how many line breaks lie before {@code next}
 */
record Framed(String content, int from, int next, int line, int nextLine, boolean malformed) {

    /** Frames a file that is read a number of bytes at a time, into blocks of limited size. */
    static List<Framed> of(RecordFileFraming framing, byte[] file, int step, int blockRecords) {
        RecordFramer framer = framing.createFramer();
        List<Framed> all = new ArrayList<>();
        int limit = 0;
        int at = 0;
        int lines = 0;
        boolean done = false;
        while (!done) {
            limit = Math.min(file.length, limit + step);
            boolean endOfFile = limit == file.length;
            RecordBlock block = new RecordBlock();
            do {
                block.reset(file, blockRecords, null);
                int before = at;
                at = framer.frame(block, at, limit, endOfFile);
                if (endOfFile && at < limit && !block.isFull()) {
                    at = framer.recover(block, INSIDE, at, at, limit, true);
                }
                for (int i = 0; i < block.records(); i++) {
                    all.add(of(block, i, lines));
                }
                lines += block.lines();
                done = endOfFile && at == limit;
                if (endOfFile && at == before && !done) {
                    throw new AssertionError("No progress at " + at + " of " + limit);
                }
            } while (block.isFull() && !done);
        }
        return all;
    }

    private static final RecordFileErrorInfo INSIDE =
            new RecordFileErrorInfo(
                    io.activedataflow.flink.connector.recordfile.RecordFileError.STRUCTURE,
                    "The file ends inside of the record.");

    private static Framed of(RecordBlock block, int record, int lines) {
        int from = block.from(record);
        return new Framed(
                new String(
                        block.bytes(), from, block.to(record) - from, StandardCharsets.ISO_8859_1),
                from,
                block.next(record),
                lines + block.linesBefore(record),
                lines + block.linesUpToNext(record),
                block.error(record) != null);
    }
}
