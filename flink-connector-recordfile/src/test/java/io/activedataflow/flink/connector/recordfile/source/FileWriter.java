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

package io.activedataflow.flink.connector.recordfile.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that keeps adding numbered files to directories, until it is ended. The numbers of each
 * key go on from file to file.
 */
final class FileWriter implements AutoCloseable {

    private static final int RECORDS_OF_A_FILE = 60;

    private final Map<Path, NumberedFiles.Format> directories;
    private final Map<String, Long> written = new TreeMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "file-writer");
    private final long pauseNanos;
    private int files;

    private FileWriter(
            Map<Path, NumberedFiles.Format> directories, Map<String, Long> first, Duration pause) {
        this.directories = directories;
        this.written.putAll(first);
        this.pauseNanos = pause.toNanos();
    }

    /**
     * Starts to write, with a pause after each round of one file per directory, whose name is the
     * key.
     *
     * @param first how many records the keys have already
     */
    static FileWriter start(
            Map<Path, NumberedFiles.Format> directories, Map<String, Long> first, Duration pause) {
        FileWriter writer = new FileWriter(directories, first, pause);
        writer.thread.setDaemon(true);
        writer.thread.start();
        return writer;
    }

    private void run() {
        try {
            do {
                directories.forEach(this::write);
            } while (!end.await(pauseNanos, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Path directory, NumberedFiles.Format format) {
        String key = directory.getFileName().toString();
        long from = written.getOrDefault(key, 0L);
        // From none to several members or parts; empty files too.
        long to = from + files++ % 3 * RECORDS_OF_A_FILE;
        NumberedFiles.write(directory, key + "-" + files, format, from, to);
        written.put(key, to);
    }

    /** Ends the writing; returns how many records each key has. */
    Map<String, Long> finish() throws InterruptedException {
        end.countDown();
        thread.join(SequenceLedger.PATIENCE.toMillis());
        if (thread.isAlive()) {
            throw new AssertionError("The writer does not end.");
        }
        return Map.copyOf(written);
    }

    @Override
    public void close() {
        end.countDown();
        thread.interrupt();
    }
}
