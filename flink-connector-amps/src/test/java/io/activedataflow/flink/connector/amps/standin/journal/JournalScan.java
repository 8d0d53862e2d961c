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

package io.activedataflow.flink.connector.amps.standin.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a journal up to the record that its writer was killed over. */
final class JournalScan {

    private static final int HEADER = Integer.BYTES + Integer.BYTES;

    private final Path path;
    private final RandomAccessFile file;
    private long end;

    JournalScan(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** The first byte behind the last whole record. */
    long end() {
        return end;
    }

    void read(Consumer<JournalRecord> reader) throws IOException {
        long size = file.length();
        // Not closed, nor opened by itself: either would let go of the lock of the file.
        DataInputStream in =
                new DataInputStream(new BufferedInputStream(new FileInputStream(file.getFD())));
        while (size - end >= HEADER) {
            int length = in.readInt();
            int checksum = in.readInt();
            long next = end + HEADER + length;
            if (length <= 0 || next > size) {
                checkTorn(length > 0);
                return;
            }
            byte[] body = in.readNBytes(length);
            if (FileJournal.checksum(body) != checksum) {
                checkTorn(next == size);
                return;
            }
            reader.accept(RecordCodec.decode(body));
            end = next;
        }
    }

    private void checkTorn(boolean atTheEnd) {
        if (!atTheEnd) {
            throw new IllegalStateException(
                    "The journal "
                            + path
                            + " is damaged at byte "
                            + end
                            + ", and there is more behind. Restore it, or delete it with all that"
                            + " is in it.");
        }
    }
}
