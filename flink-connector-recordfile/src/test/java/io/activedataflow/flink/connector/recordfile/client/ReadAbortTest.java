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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a file waits for ends when it is told to; the time-out of the test is the proof. */
@Timeout(60)
class ReadAbortTest {

    private static final FileRetrySettings FOR_EVER =
            FileFixture.retries(Duration.ofHours(1), Duration.ofDays(1));

    @TempDir java.nio.file.Path directory;
    private FileFixture file;
    private final CountDownLatch retrying = new CountDownLatch(1);
    private final ReadControl control = new ReadControl((path, cause) -> retrying.countDown());

    @BeforeEach
    void writeFile() throws IOException {
        file = new FileFixture(directory, 3000);
    }

    @AfterEach
    void noStreamIsLeftOpen() {
        assertThat(file.faults.openStreams()).isZero();
        file.close();
    }

    @Test
    void blockedReadReturns() throws Exception {
        FileInput input = open();
        file.faults.blockReadsFrom(1024);
        Reading reading = new Reading(() -> FileFixture.readAll(input, 100));
        file.faults.awaitBlockedRead();

        input.abort();

        assertAborted(reading, 1024);
        assertThatThrownBy(() -> input.read(new byte[1], 0, 1))
                .isInstanceOf(ReadAbortedException.class);
        assertThatThrownBy(input::verifyUnchanged).isInstanceOf(ReadAbortedException.class);
        input.close();
    }

    @Test
    void waitForTheNextAttemptEnds() throws Exception {
        FileInput input = open();
        file.faults.failEvery(1024, 1);
        Reading reading = new Reading(() -> FileFixture.readAll(input, 100));
        retrying.await();

        input.abort();

        assertAborted(reading, 1024);
        input.close();
    }

    @Test
    void waitForTheFileToOpenEnds() throws Exception {
        file.faults.failOpens(1);
        Reading reading = new Reading(this::open);
        retrying.await();

        control.abort();

        assertAborted(reading, 0);
    }

    @Test
    void blockedReadOfTheHeadReturns() throws Exception {
        file.faults.blockReadsFrom(0);
        Reading reading = new Reading(this::open);
        file.faults.awaitBlockedRead();

        control.abort();

        assertAborted(reading, 0);
    }

    @Test
    void nothingIsOpenedAfterwards() throws IOException {
        control.abort();

        assertThatThrownBy(this::open).isInstanceOf(ReadAbortedException.class);
    }

    @Test
    void endOfTheFileIsNoEndAfterwards() throws IOException {
        FileInput input = open();
        FileFixture.readAll(input, 4096);

        input.abort();

        assertThatThrownBy(() -> input.read(new byte[1], 0, 1))
                .isInstanceOf(ReadAbortedException.class);
        input.close();
    }

    @Test
    void otherFilesOfTheReaderGoOn() throws IOException {
        try (FileInput one = open();
                FileInput other = open()) {
            one.abort();
            assertThat(FileFixture.readAll(other, 4096)).isEqualTo(file.content());
        }
    }

    @Test
    void waitsCanBeInterrupted() throws Exception {
        FileInput input = open();
        file.faults.failEvery(1024, 1);
        Reading reading = new Reading(() -> FileFixture.readAll(input, 100));
        retrying.await();

        reading.thread.interrupt();

        assertThatThrownBy(reading.task::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(InterruptedIOException.class)
                .hasMessageContaining("was interrupted at byte 1024");
        input.close();
    }

    private FileInput open() throws IOException {
        return new FlinkFileAccess(FOR_EVER).open(file.path, file.listed(), control);
    }

    private void assertAborted(Reading reading, long position) {
        assertThatThrownBy(reading.task::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ReadAbortedException.class)
                .hasMessage(
                        "Reading the file %s was broken off at byte %d because the reader is being"
                                + " closed.",
                        file.path, position);
    }

    /** Something that is done in a thread of its own. */
    private static final class Reading {

        private final FutureTask<?> task;
        private final Thread thread;

        private Reading(java.util.concurrent.Callable<?> reading) {
            task = new FutureTask<>(reading);
            thread = new Thread(task, "reading");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
