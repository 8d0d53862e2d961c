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

package io.activedataflow.flink.connector.recordfile.client;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;

import org.apache.flink.core.fs.Path;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Random;

/** One local file that is read through a file system with faults. */
final class FileFixture implements AutoCloseable {

    static final FileRetrySettings AT_ONCE = retries(Duration.ofMillis(1), Duration.ofMinutes(1));

    final FileFaults faults = FileFaults.create();
    final java.nio.file.Path local;
    final Path path;

    FileFixture(java.nio.file.Path directory, int size) throws IOException {
        local = directory.resolve("data.csv");
        path = faults.path(local);
        write(random(size, 1), 1_000);
    }

    static byte[] random(int size, long seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    static FileRetrySettings retries(Duration wait, Duration deadline) {
        return new FileRetrySettings(new ExponentialBackoff(wait, wait, 0), deadline);
    }

    static byte[] readAll(FileInput input, int bufferSize) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[bufferSize];
        for (int n = input.read(buffer, 0, bufferSize);
                n >= 0;
                n = input.read(buffer, 0, bufferSize)) {
            content.write(buffer, 0, n);
        }
        return content.toByteArray();
    }

    void write(byte[] content, long time) throws IOException {
        Files.write(local, content);
        Files.setLastModifiedTime(local, FileTime.fromMillis(time));
    }

    byte[] content() throws IOException {
        return Files.readAllBytes(local);
    }

    RecordFileIdentity listed() throws IOException {
        return RecordFileIdentity.ofListed(
                Files.size(local), Files.getLastModifiedTime(local).toMillis());
    }

    FileInput open() throws IOException {
        return open(listed());
    }

    FileInput open(RecordFileIdentity expected) throws IOException {
        return new FlinkFileAccess(AT_ONCE).open(path, expected);
    }

    @Override
    public void close() {
        faults.close();
    }
}
