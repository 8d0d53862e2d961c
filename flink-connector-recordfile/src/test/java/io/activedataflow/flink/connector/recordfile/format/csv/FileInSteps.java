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

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileErrorInfo;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hands a file to a framer as a reader does: so many bytes at a time, with what was not consumed in
 * front of them, and at another place of the array each time.
 */
final class FileInSteps {

    private final RecordFileFraming framing;
    private final byte[] file;
    private final int step;
    private int maxRecord = 1 << 20;
    private int maxRecords = 1 << 20;

    private final RecordBlock block = new RecordBlock();
    private final List<Found> found = new ArrayList<>();
    private @Nullable RecordFramer framer;
    private ColumnReader columns;

    /** Where the array begins in the file, what it holds, and how much of that is consumed. */
    private int base;

    private byte[] array = new byte[0];
    private int from;
    private int read;
    private long lines;

    FileInSteps(RecordFileFraming framing, byte[] file, int step) {
        this.framing = framing;
        this.file = file;
        this.step = step;
    }

    FileInSteps withMaxRecord(int bytes) {
        maxRecord = bytes;
        return this;
    }

    FileInSteps withMaxRecords(int count) {
        maxRecords = count;
        return this;
    }

    /** Takes another framer than the framing's. */
    FileInSteps withFramer(RecordFramer other) {
        framer = other;
        return this;
    }

    static List<Found> readWhole(RecordFileFraming framing, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new FileInSteps(framing, bytes, bytes.length + 1).readAll();
    }

    List<Found> readAll() throws IOException {
        begin();
        return frameAll();
    }

    /** As after a restore: the header is read, and then what follows an offset. */
    List<Found> readFrom(long offset, long line) throws IOException {
        begin();
        base = (int) offset;
        read = base;
        array = new byte[0];
        from = 0;
        lines = line - 1;
        return frameAll();
    }

    RecordFramer framer() {
        return framer;
    }

    private void begin() throws IOException {
        framer = framer == null ? framing.createFramer() : framer;
        columns = framing.createColumnReader(null);
        int first = framer.begin(array, from, array.length, endOfFile());
        while (first < 0) {
            readMore();
            first = framer.begin(array, from, array.length, endOfFile());
        }
        from = first;
        lines = framer.linesBeforeFirstRecord();
    }

    private List<Found> frameAll() {
        while (from < array.length || !endOfFile()) {
            block.reset(array, maxRecords, framer.header());
            int next = framer.frame(block, from, array.length, endOfFile());
            boolean full = block.isFull();
            takeBlock();
            from = next;
            if (full) {
                continue;
            }
            if (from < array.length && (endOfFile() || array.length - from > maxRecord)) {
                recover();
            } else {
                readMore();
            }
        }
        return found;
    }

    private void recover() {
        RecordFileErrorInfo error =
                new RecordFileErrorInfo(
                        endOfFile() && array.length - from <= maxRecord
                                ? RecordFileError.STRUCTURE
                                : RecordFileError.TOO_LARGE,
                        "given up");
        int scanFrom = from;
        block.reset(array, 1, framer.header());
        int next = framer.recover(block, error, from, scanFrom, array.length, endOfFile());
        while (next < 0) {
            scanFrom = array.length - from;
            readMore();
            scanFrom += from;
            block.reset(array, 1, framer.header());
            next = framer.recover(block, error, from, scanFrom, array.length, endOfFile());
        }
        takeBlock();
        from = next;
    }

    private boolean endOfFile() {
        return read == file.length;
    }

    private void readMore() {
        int kept = array.length - from;
        int more = Math.min(step, file.length - read);
        // Another place each time, with something before it that must not be looked at.
        int place = (read % 3) * 5;
        byte[] next = new byte[place + kept + more];
        Arrays.fill(next, 0, place, (byte) '"');
        System.arraycopy(array, from, next, place, kept);
        System.arraycopy(file, read, next, place + kept, more);
        base += from - place;
        from = place;
        array = next;
        read += more;
    }

    private void takeBlock() {
        for (int record = 0; record < block.records(); record++) {
            List<String> values = new ArrayList<>();
            RecordFileError error =
                    block.error(record) == null ? null : block.error(record).error();
            if (error == null) {
                try {
                    values = values(record);
                } catch (MalformedRecordException e) {
                    error = e.error();
                }
            }
            found.add(
                    new Found(
                            base + block.from(record),
                            base + block.to(record),
                            base + block.next(record),
                            lines + block.linesBefore(record) + 1,
                            lines + block.linesUpToNext(record) + 1,
                            values,
                            error));
        }
        lines += block.lines();
    }

    private List<String> values(int record) throws MalformedRecordException {
        columns.read(new BlockRecord(block, record));
        List<String> values = new ArrayList<>();
        for (int column = 0; column < columns.count(); column++) {
            values.add(
                    columns.kind(column) == ColumnReader.Kind.TEXT
                            ? new String(
                                    columns.buffer(column),
                                    columns.from(column),
                                    columns.to(column) - columns.from(column),
                                    StandardCharsets.UTF_8)
                            : null);
        }
        return values;
    }
}
