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

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A journal in one file: length, checksum and bytes of each record. A record that a process was
 * killed over is at the end of the file, and is cut off when the file is opened again; it was never
 * acknowledged. One process at a time has the file.
 */
public final class FileJournal implements Journal {

    private static final int HEADER = Integer.BYTES + Integer.BYTES;

    // Not a channel: interrupting a thread that writes would close it for all others.
    private final RandomAccessFile file;
    private final Path path;
    private long written;
    private long forced;
    private boolean broken;

    private FileJournal(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens the journal in a directory, which is made if it is not there.
     *
     * @param reader takes all records that are in it
     * @throws IllegalStateException if another process has it, or if it is damaged elsewhere than
     *     at its end
     */
    public static FileJournal open(Path directory, Consumer<JournalRecord> reader) {
        Path path = directory.resolve("journal");
        try {
            Files.createDirectories(directory);
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                lock(file, path);
                JournalScan scan = new JournalScan(path, file);
                scan.read(reader);
                FileJournal journal = new FileJournal(path, file);
                journal.cutOffBehind(scan.end());
                return journal;
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the journal " + path, e);
        }
    }

    @Override
    public synchronized void write(JournalRecord record) {
        checkNotBroken();
        byte[] body = RecordCodec.encode(record);
        ByteBuffer whole = ByteBuffer.allocate(HEADER + body.length);
        whole.putInt(body.length).putInt(checksum(body)).put(body);
        try {
            file.write(whole.array());
        } catch (IOException e) {
            throw failed(e);
        }
        written++;
    }

    @Override
    public void force() {
        long reached;
        synchronized (this) {
            checkNotBroken();
            if (forced == written) {
                return;
            }
            reached = written;
        }
        try {
            // Outside the lock, so that publishes go on meanwhile.
            file.getFD().sync();
        } catch (IOException e) {
            throw failed(e);
        }
        synchronized (this) {
            forced = Math.max(forced, reached);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** What was read is on disk, too, for the publisher will be told that it is. */
    private void cutOffBehind(long end) throws IOException {
        file.setLength(end);
        file.seek(end);
        file.getFD().sync();
    }

    private static void lock(RandomAccessFile file, Path path) throws IOException {
        if (!isLocked(file)) {
            throw new IllegalStateException(
                    "Another server has the journal "
                            + path
                            + ". End it, or give this one a directory of its own.");
        }
    }

    private static boolean isLocked(RandomAccessFile file) throws IOException {
        try {
            FileLock lock = file.getChannel().tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** What comes after a hole would be lost at the next start, so nothing may come. */
    private void checkNotBroken() {
        if (broken) {
            throw new IllegalStateException(
                    "The journal "
                            + path
                            + " could not be written before. Start the server again.");
        }
    }

    private synchronized UncheckedIOException failed(IOException e) {
        broken = true;
        return new UncheckedIOException("The journal " + path + " cannot be written.", e);
    }
}
