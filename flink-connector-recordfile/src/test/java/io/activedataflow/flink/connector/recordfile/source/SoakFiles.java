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

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Writes files with the IDs 0, 1, 2, … in them. */
final class SoakFiles {

    private static final String HEADER = "id,text\n";
    private static final int FILES_PER_DIRECTORY = 100;
    private static final int DIRECTORIES_PER_DIRECTORY = 100;

    private final Instant firstTime = Instant.now().minus(Duration.ofDays(30));
    private final Path directory;
    private final Path incomplete;
    private int files;
    private long records;

    SoakFiles(Path temporary) throws IOException {
        directory = Files.createDirectory(temporary.resolve("files"));
        incomplete = temporary.resolve("incomplete");
    }

    Path directory() {
        return directory;
    }

    /** How many small files there are. */
    int count() {
        return files;
    }

    /** How many records there are, which is one more than the largest ID. */
    long records() {
        return records;
    }

    long sumOfIds() {
        return records * (records - 1) / 2;
    }

    /** Writes files of one to three records in directories, one for each second of some days. */
    void addSmall(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int leaf = files / FILES_PER_DIRECTORY;
            Path parent =
                    directory.resolve("d" + leaf / DIRECTORIES_PER_DIRECTORY).resolve("e" + leaf);
            if (files % FILES_PER_DIRECTORY == 0) {
                Files.createDirectories(parent);
            }
            StringBuilder text = new StringBuilder(HEADER);
            for (int record = 0; record <= files % 3; record++) {
                text.append(records++).append(",text\n");
            }
            Files.writeString(incomplete, text);
            Files.setLastModifiedTime(
                    incomplete, FileTime.from(firstTime.plus(Duration.ofSeconds(files))));
            Files.move(
                    incomplete,
                    parent.resolve("f" + files + ".csv"),
                    StandardCopyOption.ATOMIC_MOVE);
            files++;
        }
    }

    /** Writes one file of this size at least, with line breaks within quotes. */
    void addLarge(long bytes) throws IOException {
        long written = HEADER.length();
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(incomplete), 1 << 20)) {
            out.write(HEADER.getBytes(StandardCharsets.US_ASCII));
            while (written < bytes) {
                long id = records++;
                String text =
                        id % 3 == 0
                                ? id + ",\"one\n" + id + ",\"\"two\"\"\r\nthree\"\n"
                                : id + ",nothing special in this one\n";
                byte[] record = text.getBytes(StandardCharsets.US_ASCII);
                out.write(record);
                written += record.length;
            }
        }
        Files.move(incomplete, directory.resolve("large.csv"), StandardCopyOption.ATOMIC_MOVE);
    }
}
