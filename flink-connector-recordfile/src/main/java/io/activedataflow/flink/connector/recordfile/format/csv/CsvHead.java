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

package io.activedataflow.flink.connector.recordfile.format.csv;

import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands before the first record: lines to skip, and the header. */
@Internal
final class CsvHead {

    private final CsvDialect dialect;
    private final CsvHeader rule;
    private final int skippedLines;

    private int lines;
    private @Nullable List<String> header;

    CsvHead(CsvDialect dialect, CsvHeader rule, int skippedLines) {
        this.dialect = dialect;
        this.rule = rule;
        this.skippedLines = skippedLines;
    }

    /** As {@link RecordFramer#begin}. */
    int read(byte[] bytes, int from, int limit, boolean endOfFile) throws IOException {
        int at = from;
        lines = 0;
        header = null;
        for (int i = 0; i < skippedLines && at < limit; i++) {
            at = skipLine(bytes, at, limit, endOfFile);
            if (at < 0) {
                return -1;
            }
        }
        if (lines < skippedLines && !endOfFile) {
            return -1;
        }
        return rule.isPresent() ? readHeader(bytes, at, limit, endOfFile) : at;
    }

    private int skipLine(byte[] bytes, int from, int limit, boolean endOfFile) {
        int at = LineBreaks.find(bytes, from, limit);
        if (at == limit) {
            return endOfFile ? limit : -1;
        }
        lines++;
        return LineBreaks.end(bytes, at, limit, endOfFile);
    }

    private int readHeader(byte[] bytes, int from, int limit, boolean endOfFile)
            throws IOException {
        RecordBlock block = new RecordBlock();
        block.reset(bytes, 1, null);
        int next = new CsvFramer(dialect, this).frame(block, from, limit, endOfFile);
        if (block.records() == 0) {
            if (!endOfFile) {
                return -1;
            }
            if (next < limit) {
                throw new IOException(
                        "The header is malformed: the file ends inside of quotes. " + remedy());
            }
        } else if (rule.isRead()) {
            header = names(block);
            rule.check(header);
        }
        lines += block.lines();
        return next;
    }

    private List<String> names(RecordBlock block) throws IOException {
        if (block.error(0) != null) {
            throw new IOException(
                    "The header is malformed. " + block.error(0).message() + ' ' + remedy());
        }
        CsvText text = new CsvText(dialect);
        List<String> names = new ArrayList<>();
        for (int field = 0; field < block.fieldCount(0); field++) {
            int length =
                    text.append(
                            block.bytes(),
                            block.fieldFrom(0, field),
                            block.fieldTo(0, field),
                            block.fieldFlags(0, field));
            names.add(decode(text.buffer(), length));
            text.clear();
        }
        return List.copyOf(names);
    }

    private String decode(byte[] utf8, int length) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "The header is not text in the encoding that is set. " + remedy(), e);
        }
    }

    private static String remedy() {
        return "Correct the file, or set another header rule than to use it, with setHeader.";
    }

    /** How many line breaks lie before the first record. */
    int lines() {
        return lines;
    }

    @Nullable
    List<String> header() {
        return header;
    }
}
