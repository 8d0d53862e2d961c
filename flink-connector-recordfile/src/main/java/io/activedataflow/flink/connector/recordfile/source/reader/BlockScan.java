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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.format.BlockScanner;
import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;
import io.activedataflow.flink.connector.recordfile.format.charset.TextEncoding;
import io.activedataflow.flink.connector.recordfile.format.compression.ByteInputs;
import io.activedataflow.flink.connector.recordfile.format.compression.Compression;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.ScannedBlockEvent;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Looks through blocks of files, or finds out that a file cannot be cut. Worker thread.
 *
 * @param charset of the text
 * @param maxPrologueBytes how far the first record may be from the beginning of a file
 */
@Internal
record BlockScan(
        RecordFileFraming framing, Compression compression, Charset charset, int maxPrologueBytes) {

    private static final int CHUNK_BYTES = 256 * 1024;

    ScannedBlockEvent scan(RecordFileSplit split, FileInput file) throws IOException {
        String whyNot = whyNotSplittable(split, file);
        if (whyNot != null) {
            return ScannedBlockEvent.notSplittable(split.splitId(), whyNot);
        }
        if (split.length() == 0) {
            return ScannedBlockEvent.splittable(split.splitId());
        }
        RecordFramer framer = framing.createFramer();
        long start = split.offset();
        if (start == 0) {
            start = endOfPrologue(file, framer);
            if (start < 0 || start >= split.end()) {
                return ScannedBlockEvent.notSplittable(
                        split.splitId(), "what stands before the first record is too long.");
            }
        }
        BlockScanner scanner = framing.createScanner();
        if (split.offset() == 0) {
            scanner.begin(BlockScanner.NONE, BlockScanner.NONE);
        } else {
            scanner.begin(byteAt(file, start - 2), byteAt(file, start - 1));
        }
        BlockSummary summary = scan(scanner, file, start, split.end());
        return ScannedBlockEvent.scanned(
                split.splitId(),
                split.offset() == 0
                        ? behindLines(summary, framer.linesBeforeFirstRecord())
                        : summary);
    }

    @Nullable
    private String whyNotSplittable(RecordFileSplit split, FileInput file) throws IOException {
        Compression found = ByteInputs.detect(file, compression);
        if (found != Compression.NONE) {
            return "it is compressed (" + found + ").";
        }
        if (framing.isText() && encodingOf(file).createTranscoder() != null) {
            return "it is text that is not in UTF-8.";
        }
        return whyNotAs(split.length() > 0 ? RecordFileSplitting.EXACT : RecordFileSplitting.LINE);
    }

    /** The job may have been restored with another format than the one that asks. */
    @Nullable
    private String whyNotAs(RecordFileSplitting asked) {
        if (framing.splitting() == asked) {
            return null;
        }
        return framing
                + (asked == RecordFileSplitting.EXACT
                        ? " is not cut exactly."
                        : " is not cut at line breaks.");
    }

    private TextEncoding encodingOf(FileInput file) {
        byte[] head = file.head();
        return TextEncoding.detect(charset, head, head.length);
    }

    /** Where the first record begins, or -1 if that is too far away. */
    private long endOfPrologue(FileInput file, RecordFramer framer) throws IOException {
        int mark = framing.isText() ? encodingOf(file).markBytes() : 0;
        byte[] bytes = new byte[CHUNK_BYTES];
        int limit = 0;
        int first;
        boolean endOfFile;
        file.seek(mark);
        do {
            if (limit == bytes.length) {
                if (limit >= maxPrologueBytes) {
                    return -1;
                }
                bytes = Arrays.copyOf(bytes, 2 * limit);
            }
            int count = file.read(bytes, limit, bytes.length - limit);
            endOfFile = count < 0;
            limit += Math.max(0, count);
            first = framer.begin(bytes, 0, limit, endOfFile);
        } while (first < 0 && !endOfFile);
        return first < 0 ? -1 : mark + (long) first;
    }

    private static BlockSummary scan(BlockScanner scanner, FileInput file, long start, long end)
            throws IOException {
        byte[] bytes = new byte[CHUNK_BYTES];
        file.seek(start);
        long left = end - start;
        while (left > 0) {
            int count = file.read(bytes, 0, (int) Math.min(left, bytes.length));
            if (count < 0) {
                break;
            }
            scanner.scan(bytes, 0, count);
            left -= count;
        }
        return scanner.summarize(byteAt(file, end));
    }

    private static int byteAt(FileInput file, long offset) throws IOException {
        byte[] bytes = new byte[1];
        if (offset < 0) {
            return BlockScanner.NONE;
        }
        file.seek(offset);
        return file.read(bytes, 0, 1) < 0 ? BlockScanner.NONE : bytes[0] & 0xFF;
    }

    private static BlockSummary behindLines(BlockSummary summary, int lines) {
        return new BlockSummary(
                summary.togglesQuotes(),
                behindLines(summary.outside(), lines),
                behindLines(summary.inside(), lines));
    }

    private static BlockSummary.View behindLines(BlockSummary.View view, int lines) {
        return new BlockSummary.View(
                view.firstRecord(),
                view.recordsBefore(),
                view.records(),
                view.linesBefore() + lines,
                view.lines() + lines,
                view.irregular());
    }
}
